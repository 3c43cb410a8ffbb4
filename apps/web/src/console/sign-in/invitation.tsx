import { A, useNavigate } from '@solidjs/router';
import { parsePasswordAnswers, parseTotpCode } from '@shiming/domain';
import { createSignal, Match, onMount, Show, Switch } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { takeLinkSecret } from '../../link-secret.ts';
import { createStages } from '../../stages.ts';
import { Facts, FailureNote, Loading, Note } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Page } from '../../ui/page.tsx';
import { NewPassword } from '../../ui/password-field.tsx';
import { SubmitButton } from '../../ui/submit-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureLine } from '../failure.tsx';
import { startPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { shellCopy } from '../shell-copy.ts';
import { hasPasskeys, makePasskey, passkeyFailure } from './passkey.ts';
import { signInCopy as copy } from './sign-in-copy.ts';
import { TotpSecret } from './totp-secret.tsx';

type Opened = Awaited<ReturnType<typeof api.staff.openInvitation.mutate>>;
type DeadCode = 'link.used' | 'link.expired' | 'missing';
type State =
  | { at: 'opening' }
  | { at: 'failed'; failure: Failure }
  | { at: 'dead'; code: DeadCode }
  | { at: 'open'; opened: Opened };

/** What a failure does to the page: the link may have been used meanwhile. */
function stateAfter(error: unknown): State {
  const code = appErrorOf(error)?.code;
  return code === 'link.used' || code === 'link.expired'
    ? { at: 'dead', code }
    : { at: 'failed', failure: failureOf(error) };
}

/** T-CON-01: the page that the link of an invitation or a recovery opens. */
export function Invitation() {
  const link = takeLinkSecret();
  const [as, setState] = createStages<State>({ at: 'opening' });
  const open = async () => {
    if (link === '') return setState({ at: 'dead', code: 'missing' });
    setState({ at: 'opening' });
    try {
      return setState({ at: 'open', opened: await api.staff.openInvitation.mutate({ link }) });
    } catch (error) {
      return setState(stateAfter(error));
    }
  };
  onMount(() => void open());
  return (
    <Switch fallback={<Loading />}>
      <Match when={as('failed')}>
        {(failed) => (
          <Page title={copy().invitationTitle}>
            <FailureNote failure={failed().failure} onRetry={() => void open()} />
          </Page>
        )}
      </Match>
      <Match when={as('dead')}>
        {(dead) => (
          <Page title={copy().deadTitle}>
            <p>{deadText(dead().code)}</p>
            <div class="row">
              <A class="btn" href="/sign-in">
                {copy().toSignIn}
              </A>
            </div>
          </Page>
        )}
      </Match>
      <Match when={as('open')}>
        {(opened) => (
          <Accept
            link={link}
            opened={opened().opened}
            onFailure={(error) => {
              const next = stateAfter(error);
              if (next.at === 'dead') setState(next);
            }}
          />
        )}
      </Match>
    </Switch>
  );
}

const deadText = (code: DeadCode): string =>
  code === 'missing' ? copy().missing : code === 'link.used' ? copy().used : copy().expired;

type Ways = { way: string; label: string; password: string; passwordAgain: string; code: string };

function check({ way, ...typed }: Ways) {
  if (way === 'passkey') return { ok: true } as const;
  const password = parsePasswordAnswers(typed, { number: '' });
  const code = parseTotpCode(typed.code);
  if (password.ok && code.ok) return { ok: true } as const;
  return {
    ok: false,
    fields: { ...(password.ok ? {} : password.fields), ...(code.ok ? {} : { code: code.code }) },
  } as const;
}

function Accept(props: { link: string; opened: Opened; onFailure(error: unknown): void }) {
  const staff = useStaff();
  const navigate = useNavigate();
  const link = { link: props.link };
  const accept = async ({ way, label, ...typed }: Ways) => {
    if (way !== 'passkey') return api.staff.acceptByPassword.mutate({ ...link, ...typed });
    const credential = await makePasskey(await api.staff.acceptOptions.mutate(link));
    return api.staff.acceptByPasskey.mutate({ ...link, credential, label });
  };
  const [failure, setFailure] = createSignal<Failure>();
  const form = createForm<Ways>({
    initial: {
      way: hasPasskeys() ? 'passkey' : 'password',
      label: '',
      password: '',
      passwordAgain: '',
      code: '',
    },
    validate: check,
    async submit(values) {
      setFailure(undefined);
      try {
        await accept(values);
      } catch (error) {
        props.onFailure(error);
        if (appErrorOf(error)?.code === 'input.invalid') throw error;
        setFailure(passkeyFailure(error));
        return;
      }
      await staff.refresh();
      navigate(startPath(props.opened.role), { replace: true });
    },
  });
  const isRecovery = () => props.opened.kind === 'recovery';
  return (
    <Page title={isRecovery() ? copy().recoveryTitle : copy().invitationTitle} form={form}>
      <Show when={isRecovery()}>
        <Note tone="warn">{copy().recoveryNote}</Note>
      </Show>
      <Facts
        rows={[
          { term: copy().name, value: props.opened.name },
          { term: copy().loginName, value: <span class="num">{props.opened.loginName}</span> },
          { term: copy().role, value: shellCopy().roles[props.opened.role] },
          { term: copy().validUntil, value: copy().until(props.opened.expiresAtMs) },
        ]}
      />
      <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
        <RadioCards
          field={form.field('way')}
          label={copy().way}
          options={[
            {
              value: 'passkey',
              label: copy().ways.passkey,
              note: hasPasskeys() ? copy().ways.passkeyNote : copy().noPasskeys,
              disabled: !hasPasskeys(),
            },
            { value: 'password', label: copy().ways.password, note: copy().ways.passwordNote },
          ]}
        />
        <Show
          when={form.values.way === 'password'}
          fallback={
            <TextField
              field={form.field('label')}
              label={copy().label}
              hint={copy().labelHint}
              optional
            />
          }
        >
          <NewPassword form={form} label={copy().password} again={copy().passwordAgain} />
          <TotpSecret
            ask={() => api.staff.acceptSecret.mutate(link)}
            onFailure={(error) => props.onFailure(error)}
          />
          <CodeField field={form.field('code')} label={copy().codeAfterScan} />
        </Show>
        <FailureLine of={failure()} />
        <SubmitButton isBusy={form.isSubmitting()}>
          {form.values.way === 'passkey' ? copy().make : copy().accept}
        </SubmitButton>
      </form>
    </Page>
  );
}
