import { For, Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { withPassword } from './asked-password.ts';
import { careCopy as copy } from './care-copy.ts';
import { Closing } from './closing.tsx';
import { type Current, SignedIn, useOrganisation } from './signed-in.tsx';

const dayMs = 24 * 3_600_000;

/** an organisation closes its account: what follows, when, and how that is stopped. */
export function CloseOrganisation() {
  return (
    <SignedIn title={copy().close}>
      {(organisation, again) => <Close organisation={organisation()} onChanged={again} />}
    </SignedIn>
  );
}

function Close(props: { organisation: Current; onChanged: () => Promise<void> }) {
  const form = createForm({
    initial: { password: '' },
    validate: ({ password }) => withPassword({ ok: true }, password),
    async submit(typed) {
      await api.organisation.requestClosing.mutate(typed);
      await props.onChanged();
      scrollTo(0, 0);
    },
    on: { ...useOrganisation(), 'account.closing': () => props.onChanged() },
    spends: 'password',
  });
  const { waitMs } = usePortal().cancellation;
  return (
    <Page title={copy().close} backTo="/organisation" form={form}>
      <Closing organisation={props.organisation} onChanged={props.onChanged} />
      <Show when={props.organisation.closesAtMs === null}>
        <ul>
          <For each={copy().consequences(waitMs / dayMs)}>{(line) => <li>{line}</li>}</For>
        </ul>
        <FormBody of={form} submit={copy().request}>
          <PasswordField
            field={form.field('password')}
            label={copy().password}
            autocomplete="current-password"
          />
        </FormBody>
      </Show>
    </Page>
  );
}
