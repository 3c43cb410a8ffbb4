import { Show } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { FailureLine } from '../failure.tsx';
import { checkPasswordAndCode } from '../sign-in/check.ts';
import { usePasskey } from '../sign-in/passkey.ts';
import { signInCopy } from '../sign-in/sign-in-copy.ts';
import { useStaff } from './staff.tsx';

/** T-CON-01: before a risky act, that it still is the one who signed in, by what they signed in with. */
export function ProofDialog() {
  const staff = useStaff();
  const ways = () => staff.current()?.ways;
  const done = async () => {
    await staff.refresh();
    staff.settleProof(true);
  };
  const byPasskey = createAction(async () => {
    const credential = await usePasskey(await api.staff.proveOptions.mutate());
    await api.staff.proveByPasskey.mutate({ credential });
    await done();
  });
  // Fields of their own names: the form beneath may ask for a new password or another code.
  const form = createForm({
    initial: { ownPassword: '', ownCode: '' },
    validate({ ownPassword, ownCode }) {
      const checked = checkPasswordAndCode({ password: ownPassword, code: ownCode });
      if (checked.ok) return checked;
      const { password, code } = checked.fields;
      return {
        ok: false,
        fields: {
          ...(password === undefined ? {} : { ownPassword: password }),
          ...(code === undefined ? {} : { ownCode: code }),
        },
      };
    },
    async submit({ ownPassword, ownCode }) {
      await api.staff.proveByPassword.mutate({ password: ownPassword, code: ownCode });
      await done();
    },
  });
  return (
    <Dialog title={signInCopy().proofTitle} onCancel={() => staff.settleProof(false)}>
      <p>{signInCopy().proofText}</p>
      <FailureLine of={byPasskey.failure() ?? form.failure()} />
      <Show when={ways()?.passkey}>
        <ActionButton action={byPasskey}>{signInCopy().proveByPasskey}</ActionButton>
      </Show>
      <Show when={ways()?.password}>
        <FormBody of={form} submit={signInCopy().prove}>
          <PasswordField
            field={form.field('ownPassword')}
            label={signInCopy().password}
            autocomplete="current-password"
          />
          <CodeField
            field={form.field('ownCode')}
            label={signInCopy().code}
            hint={signInCopy().codeHint}
          />
        </FormBody>
      </Show>
      <div class="row">
        <button type="button" class="btn plain" onClick={() => staff.settleProof(false)}>
          {signInCopy().cancel}
        </button>
      </div>
    </Dialog>
  );
}
