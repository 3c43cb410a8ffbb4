import { parseOrganisationCode } from '@shiming/domain';
import { createResource, Show } from 'solid-js';
import { api } from '../api.ts';
import { formatDay } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket } from '../puzzle/with-ticket.ts';
import { A, useLocation } from '../router/router.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { organisationCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';
import '../copy/organisation-problems.ts';

type Current = Awaited<ReturnType<typeof api.organisation.current.query>>;

/** S-LOG-01: organisations sign in on a page of their own, and see who they are. */
export function Organisation() {
  const [current, { refetch }] = createResource<Current>(() => api.organisation.current.query());
  return (
    <Show when={current()} fallback={<SignIn onSignedIn={async () => void (await refetch())} />}>
      {(organisation) => (
        <Home organisation={organisation()} onSignedOut={async () => void (await refetch())} />
      )}
    </Show>
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

function Home(props: { organisation: NonNullable<Current>; onSignedOut(): Promise<void> }) {
  const signOut = createAction(async () => {
    await api.organisation.signOut.mutate();
    await props.onSignedOut();
  });
  return (
    <Page title={copy().home}>
      <Facts
        rows={[
          { term: copy().name, value: <Foreign>{props.organisation.name}</Foreign> },
          { term: copy().code, value: <Num>{props.organisation.code}</Num> },
          { term: copy().person, value: <Foreign>{props.organisation.maskedPerson}</Foreign> },
          { term: copy().mobile, value: <Num>{props.organisation.maskedMobile}</Num> },
          { term: copy().email, value: props.organisation.maskedEmail },
          { term: copy().since, value: formatDay(props.organisation.createdAtMs) },
        ]}
      />
      <p class="soft">{copy().onlyOrganisation}</p>
      <ActionFailure action={signOut} />
      <div class="row">
        <ActionButton action={signOut}>{copy().signOut}</ActionButton>
      </div>
    </Page>
  );
}
