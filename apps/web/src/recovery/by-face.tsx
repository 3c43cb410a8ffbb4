import { parsePasswordAnswers } from '@shiming/domain';
import { Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { Navigate, useNavigate } from '../router/router.tsx';
import { faceFor } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { hold } from './held.ts';
import { donePath, recoveryCopy as copy, RecoveryStep, useRecovery, wayPath } from './shared.tsx';
import { WithRecovery } from './with-recovery.tsx';

/** E-PWD-01: the new password, once the face has matched. */
export function ByFacePage() {
  return (
    <WithRecovery title={copy().byFace}>
      {({ isProvedByFace }) => (
        <Show when={isProvedByFace} fallback={<Navigate href={faceFor('recover')} />}>
          <ByFace />
        </Show>
      )}
    </WithRecovery>
  );
}

function ByFace() {
  const navigate = useNavigate();
  const session = useSession();
  const form = createForm({
    initial: { password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, {}),
    async submit(typed) {
      await api.recovery.resetByFace.mutate(typed);
      hold(undefined);
      await session.refresh();
      navigate(donePath, { replace: true, state: { isDone: true } });
    },
    on: {
      ...useRecovery(),
      // Shown more than ten minutes ago.
      'proof.required': () => navigate(faceFor('recover'), { replace: true }),
    },
  });
  return (
    <Page
      title={copy().byFace}
      lead={copy().byFaceLead}
      backTo={wayPath}
      step={<RecoveryStep of="proof" />}
      form={form}
    >
      <FormBody of={form} submit={copy().reset}>
        <NewPassword
          form={form}
          label={copy().password}
          hint={copy().passwordHint}
          again={copy().again}
        />
      </FormBody>
    </Page>
  );
}
