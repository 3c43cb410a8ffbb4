import { parsePasswordAnswers } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type Problems } from '../form/create-form.ts';
import { at } from '../form/refusals.ts';
import { useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { zh } from './change-password.zh.ts';

const copy = defineCopy(zh, () => import('./change-password.en.ts'));

const nothing = { current: '', password: '', passwordAgain: '' };

/** What the browser can say of the answers; what a password must not be made from, the server knows. */
function check(typed: typeof nothing): { ok: true } | { ok: false; fields: Problems } {
  const parsed = parsePasswordAnswers(typed, {});
  if (parsed.ok && typed.current !== '') return { ok: true };
  const own: Problems = typed.current === '' ? { current: 'password.missing' } : {};
  return { ok: false, fields: { ...own, ...(parsed.ok ? {} : parsed.fields) } };
}

/** T-PRO-05: 修改密码, with proof by the current password. */
export function ChangePassword() {
  useCompleteProfile();
  const [isSaved, setSaved] = createSignal(false);
  const form = createForm({
    initial: nothing,
    validate: check,
    submit: async (typed) => {
      setSaved(false);
      await api.login.changePassword.mutate(typed);
      for (const name of ['current', 'password', 'passwordAgain'] as const)
        form.field(name).set('');
      setSaved(true);
    },
    on: { ...useSignedIn(), 'login.locked': at('current') },
  });
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/account/security" form={form}>
      <Show when={isSaved()}>
        <div role="status">
          <Note tone="ok">{copy().saved}</Note>
        </div>
      </Show>
      <FormBody of={form} submit={copy().submit}>
        <PasswordField
          field={form.field('current')}
          label={copy().current}
          hint={copy().forgotten}
          autocomplete="current-password"
        />
        <NewPassword form={form} label={copy().password} hint={copy().hint} again={copy().again} />
        <p class="soft">{copy().others}</p>
      </FormBody>
    </Page>
  );
}
