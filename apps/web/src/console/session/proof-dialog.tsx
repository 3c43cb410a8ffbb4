import { createSignal, Show } from 'solid-js';
import { api, type Failure } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { CodeField } from '../../ui/code-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { SubmitButton } from '../../ui/submit-button.tsx';
import { FailureLine } from '../failure.tsx';
import { checkPasswordAndCode } from '../sign-in/check.ts';
import { passkeyFailure, usePasskey } from '../sign-in/passkey.ts';
import { signInCopy } from '../sign-in/sign-in-copy.ts';
import { useStaff } from './staff.tsx';

/** T-CON-01: before a risky act, that it still is the one who signed in, by what they signed in with. */
export function ProofDialog() {
  const staff = useStaff();
  const ways = () => staff.current()?.ways;
  const [failure, setFailure] = createSignal<Failure>();
  const [isBusy, setBusy] = createSignal(false);
  const done = async () => {
    await staff.refresh();
    staff.settleProof(true);
  };
  const byPasskey = async () => {
    setFailure(undefined);
    setBusy(true);
    try {
      const credential = await usePasskey(await api.staff.proveOptions.mutate());
      await api.staff.proveByPasskey.mutate({ credential });
      await done();
    } catch (error) {
      setFailure(passkeyFailure(error));
    } finally {
      setBusy(false);
    }
  };
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
      <FailureLine of={failure() ?? form.failure()} />
      <Show when={ways()?.passkey}>
        <button
          type="button"
          class="btn"
          classList={{ spin: isBusy() }}
          aria-disabled={isBusy()}
          onClick={() => {
            if (!isBusy()) void byPasskey();
          }}
        >
          {signInCopy().proveByPasskey}
        </button>
      </Show>
      <Show when={ways()?.password}>
        <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
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
          <SubmitButton isBusy={form.isSubmitting()}>{signInCopy().prove}</SubmitButton>
        </form>
      </Show>
      <div class="row">
        <button type="button" class="btn plain" onClick={() => staff.settleProof(false)}>
          {signInCopy().cancel}
        </button>
      </div>
    </Dialog>
  );
}
