import { parsePasswordAnswers, parseTotpCode } from '@shiming/domain';
import { Show } from 'solid-js';
import { A, useNavigate } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { LinkPage, type OpenLink } from '../../shared/link-page.tsx';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Page } from '../../ui/page.tsx';
import { NewPassword } from '../../ui/new-password.tsx';
import { failureSentence } from '../../copy/failures.ts';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureLine } from '../failure.tsx';
import { startPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { shellCopy } from '../shell-copy.ts';
import { hasPasskeys, makePasskey } from './passkey.ts';
import { signInCopy as copy } from './sign-in-copy.ts';
import { TotpSecret } from './totp-secret.tsx';

type Opened = Awaited<ReturnType<typeof api.staff.openInvitation.mutate>>;
/** T-CON-01: the page that the link of an invitation or a recovery opens. */
export function Invitation() {
  return (
    <LinkPage
      title={copy().invitationTitle}
      open={(link) => api.staff.openInvitation.mutate({ link })}
      dead={(why) => (
        <Page title={copy().deadTitle}>
          <p>{why.code === 'link.used' ? failureSentence(why) : copy().dead[why.code]}</p>
          <div class="row">
            <A class="btn" href="/sign-in">
              {copy().toSignIn}
            </A>
          </div>
        </Page>
      )}
    >
      {(link) => <Accept {...link} />}
    </LinkPage>
  );
}

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

function Accept(props: OpenLink<Opened>) {
  const staff = useStaff();
  const navigate = useNavigate();
  const link = { link: props.secret };
  const accept = async ({ way, label, ...typed }: Ways) => {
    if (way !== 'passkey') return api.staff.acceptByPassword.mutate({ ...link, ...typed });
    const credential = await makePasskey(await api.staff.acceptOptions.mutate(link));
    return api.staff.acceptByPasskey.mutate({ ...link, credential, label });
  };
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
      await accept(values);
      await staff.refresh();
      navigate(startPath(props.opened.role), { replace: true });
    },
    on: props.on,
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
          { term: copy().loginName, value: <Num>{props.opened.loginName}</Num> },
          { term: copy().role, value: shellCopy().roles[props.opened.role] },
          { term: copy().validUntil, value: copy().until(props.opened.expiresAtMs) },
        ]}
      />
      <FormBody of={form} submit={form.values.way === 'passkey' ? copy().make : copy().accept}>
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
          <TotpSecret ask={() => api.staff.acceptSecret.mutate(link)} on={props.on} />
          <CodeField field={form.field('code')} label={copy().codeAfterScan} />
        </Show>
        <FailureLine of={form.failure()} />
      </FormBody>
    </Page>
  );
}
