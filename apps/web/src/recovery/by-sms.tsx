import { parsePasswordAnswers } from '@shiming/domain';
import { useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { useSession } from '../session/session.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import {
  donePath,
  isByUserName,
  OtherWay,
  recoveryCopy as copy,
  RecoveryStep,
  startPath,
  useRecovery,
  wayPath,
} from './shared.tsx';
import { hold, type Recovery } from './held.ts';
import { WithRecovery } from './with-recovery.tsx';

/** T-PWD-03, S-PWD-01: the code and the new password in one page. The reset lives on the server: a reload loses nothing but the password. */
export function BySmsPage() {
  return (
    <WithRecovery title={isByUserName() ? copy().title : copy().bySms}>
      {(recovery) => <BySms recovery={recovery} />}
    </WithRecovery>
  );
}

function BySms(props: { recovery: Recovery }) {
  const navigate = useNavigate();
  const session = useSession();
  const { code, maskedMobile, maskedEmail, remainingToday, userNameKind } = props.recovery;
  return (
    <CodePage
      title={userNameKind === null ? copy().bySms : copy().title}
      backTo={userNameKind === null ? wayPath : startPath}
      step={<RecoveryStep of="proof" />}
      notice={userNameKind !== null && <p>{copy().quiet}</p>}
      channel={userNameKind === 'email' ? 'mail' : 'sms'}
      masked={userNameKind === 'email' ? maskedEmail : maskedMobile}
      code={code}
      remainingToday={remainingToday}
      noneLeft={copy().noneLeft}
      purpose="recover"
      send={async (ticket) => {
        const { outcome, recovery } = await api.recovery.sendCode.mutate({ ticket });
        hold(recovery);
        return { outcome, code: recovery.code, remainingToday: recovery.remainingToday };
      }}
      besides={{
        initial: { password: '', passwordAgain: '' },
        validate: (typed) => parsePasswordAnswers(typed, {}),
        fields: (form) => (
          <NewPassword
            form={form}
            label={copy().password}
            hint={copy().passwordHint}
            again={copy().again}
          />
        ),
      }}
      enter={async (typed) => {
        await api.recovery.resetPassword.mutate(typed);
        hold(undefined);
        await session.refresh();
        navigate(donePath, { replace: true, state: { isDone: true } });
      }}
      on={useRecovery()}
      button={copy().reset}
      otherWay={userNameKind === null && <OtherWay />}
    />
  );
}
