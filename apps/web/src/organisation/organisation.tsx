import { parseOrganisationCode } from '@shiming/domain';
import { onMount, Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket } from '../puzzle/with-ticket.ts';
import { A, useLocation } from '../router/router.tsx';
import { Note } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { createReader, Reading } from '../ui/read.tsx';
import { TextField } from '../ui/text-field.tsx';
import { organisationCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';
import '../copy/organisation-problems.ts';

/** Comes with the organisation that is signed in. */
const Home = page(() => import('./home.tsx'), 'OrganisationHome');

/** S-LOG-01: organisations sign in on a page of their own, and see who they are. */
export function Organisation() {
  const read = createReader(async () => ({ is: await api.organisation.current.query() }), {});
  onMount(() => void read.again());
  return (
    <Reading read={read} title={copy().title}>
      {(data) => (
        <Show when={data().is} fallback={<SignIn onSignedIn={read.again} />}>
          {(organisation) => <Home organisation={organisation()} onChanged={read.again} />}
        </Show>
      )}
    </Reading>
  );
}

function SignIn(props: { onSignedIn(): Promise<void> }) {
  const location = useLocation<{ isSet: boolean }>();
  const form = createForm({
    initial: { code: '', password: '', ticket: '' },
    validate: ({ code }) => {
      const parsed = parseOrganisationCode(code);
      return parsed.ok ? { ok: true } : { ok: false, fields: { code: parsed.code } };
    },
    async submit(typed) {
      await api.organisation.signIn.mutate(typed);
      await props.onSignedIn();
    },
    on: onTicket,
    spends: 'ticket',
  });
  return (
    <Page title={copy().title} lead={copy().lead} form={form}>
      <Show when={location.state?.isSet}>
        <div role="status">
          <Note tone="ok">{copy().saved}</Note>
        </div>
      </Show>
      <FormBody of={form} submit={copy().signIn}>
        <TextField
          field={form.field('code')}
          label={copy().code}
          hint={copy().codeHint}
          autocomplete="username"
          numeric
        />
        <PasswordField
          field={form.field('password')}
          label={copy().password}
          autocomplete="current-password"
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />
      </FormBody>
      <div class="row links">
        <A href="/organisation/letter">{copy().toRegister}</A>
        <A href="/organisation/letter">{copy().toRecover}</A>
        <A href="/organisation/password">{copy().toPassword}</A>
        <A href="/login">{copy().toPersons}</A>
      </div>
    </Page>
  );
}
