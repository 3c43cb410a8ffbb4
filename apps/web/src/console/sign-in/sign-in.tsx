import { createEffect, Show } from 'solid-js';
import { useNavigate, useSearchParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { Note } from '../../ui/blocks.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Page } from '../../ui/page.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureLine } from '../failure.tsx';
import { nextPage, startPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { checkSignIn } from './check.ts';
import { hasPasskeys, usePasskey } from './passkey.ts';
import { signInCopy as copy } from './sign-in-copy.ts';

/** T-CON-01: by a passkey, which knows whose it is, or by login name, password and code in one step. */
export function SignIn() {
  const staff = useStaff();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ next?: string; ended?: string }>();

  createEffect(() => {
    const member = staff.current();
    if (member) navigate(nextPage(search.next) ?? startPath(member.role), { replace: true });
  });
  const byPasskey = createAction(async () => {
    const credential = await usePasskey(await api.staff.signInOptions.mutate());
    await api.staff.signInByPasskey.mutate({ credential });
    await staff.refresh();
  });
  const form = createForm({
    initial: { loginName: '', password: '', code: '' },
    validate: checkSignIn,
    async submit(values) {
      byPasskey.forget();
      await api.staff.signInByPassword.mutate(values);
      await staff.refresh();
    },
  });

  return (
    <Page title={copy().title} lead={copy().lead} form={form}>
      <Show when={search.ended === '1'}>
        <Note tone="warn">{copy().ended}</Note>
      </Show>
      <section class="card stack">
        <Show when={hasPasskeys()} fallback={<p>{copy().noPasskeys}</p>}>
          <div class="tight">
            <FailureLine of={byPasskey.failure()} />
            <ActionButton action={byPasskey}>{copy().byPasskey}</ActionButton>
            <p class="hint">{copy().byPasskeyNote}</p>
          </div>
        </Show>
        <details class="reveal" open={!hasPasskeys()}>
          <summary>{copy().byPassword}</summary>
          <FormBody of={form} submit={copy().signIn}>
            <TextField
              field={form.field('loginName')}
              label={copy().loginName}
              autocomplete="username"
            />
            <PasswordField
              field={form.field('password')}
              label={copy().password}
              autocomplete="current-password"
            />
            <CodeField field={form.field('code')} label={copy().code} hint={copy().codeHint} />
          </FormBody>
        </details>
      </section>
      <p class="soft small">{copy().lost}</p>
    </Page>
  );
}
