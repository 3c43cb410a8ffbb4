import { shanghaiDate } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { save } from '../data/save.ts';
import { createForm } from '../form/create-form.ts';
import { Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { withPassword } from './asked-password.ts';
import { careCopy as copy } from './care-copy.ts';
import { SignedIn, useOrganisation } from './signed-in.tsx';

/** an organisation takes its copy. */
export function OrganisationData() {
  return <SignedIn title={copy().dataTitle}>{() => <Download />}</SignedIn>;
}

function Download() {
  const [isDone, setDone] = createSignal(false);
  const form = createForm({
    initial: { ending: 'html', password: '' },
    validate: ({ password }) => withPassword({ ok: true }, password),
    async submit({ ending, password }) {
      setDone(false);
      const data = await api.organisation.export.mutate({ password });
      const isPage = ending === 'html';
      const text = isPage
        ? await (await import('./readable.ts')).makeReadable(data)
        : JSON.stringify(data, null, 2);
      const name = `organisation-${shanghaiDate(serverNow())}.${ending}`;
      save(name, text, isPage ? 'text/html' : 'application/json');
      setDone(true);
    },
    on: useOrganisation(),
    spends: 'password',
  });
  return (
    <Page title={copy().dataTitle} lead={copy().downloadText} backTo="/organisation" form={form}>
      <FormBody of={form} submit={copy().download}>
        <RadioCards
          field={form.field('ending')}
          label={copy().form}
          options={(['html', 'json'] as const).map((value) => ({
            value,
            label: copy().forms[value],
          }))}
        />
        <PasswordField
          field={form.field('password')}
          label={copy().password}
          autocomplete="current-password"
        />
      </FormBody>
      <div role="status">
        <Show when={isDone()}>
          <Note tone="ok">{copy().downloaded}</Note>
        </Show>
      </div>
    </Page>
  );
}
