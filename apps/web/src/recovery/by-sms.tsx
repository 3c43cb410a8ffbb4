import { parseCodeAnswers, parsePasswordAnswers, together } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { at } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { onDeath, whyDead } from '../sms-code/life.ts';
import {
  both,
  CodeSent,
  createSendForm,
  SendForm,
  SmsCodeField,
  smsCodeCopy,
} from '../sms-code/sms-code.tsx';
import { Note, type Tone } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/password-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import {
  donePath,
  OtherWay,
  recoveryCopy as copy,
  RecoveryStep,
  useRecovery,
  wayPath,
} from './shared.tsx';
import { hold, type Recovery } from './held.ts';
import { WithRecovery } from './way.tsx';

type Passwords = { password: string; passwordAgain: string };

/** Where the reset stands, what is to be said about it, and what was typed before. */
type Standing = {
  recovery: Recovery;
  notice: { tone: Tone; said(): string } | undefined;
  passwords: Passwords;
};

/** T-PWD-03: the code and the new password in one page. The reset lives on the server: a reload loses nothing but the password. */
export function BySmsPage() {
  return (
    <WithRecovery title={copy().bySms}>{(recovery) => <Begun recovery={recovery} />}</WithRecovery>
  );
}

/** Begins anew with each code: nothing said about the last one is true of this one. */
function Begun(props: { recovery: Recovery }) {
  const [standing, setStanding] = createSignal<Standing>({
    recovery: props.recovery,
    notice: undefined,
    passwords: { password: '', passwordAgain: '' },
  });
  return (
    <Show when={standing()} keyed>
      {(now) => (
        <BySms
          {...now}
          onSent={(next) => {
            setStanding(next);
            scrollTo(0, 0);
          }}
        />
      )}
    </Show>
  );
}

function BySms(props: Standing & { onSent(next: Standing): void }) {
  const navigate = useNavigate();
  const session = useSession();
  const rule = usePortal().codes.sms;
  const { code, maskedMobile, remainingToday } = props.recovery;
  const [dead, setDead] = createSignal(code && whyDead(code));

  const on = useRecovery();
  const form = createForm({
    initial: { code: '', ...props.passwords },
    validate: (typed) => together(parseCodeAnswers(typed, rule), parsePasswordAnswers(typed, {})),
    async submit(typed) {
      await api.recovery.resetPassword.mutate(typed);
      hold(undefined);
      await session.refresh();
      navigate(donePath, { replace: true, state: { isDone: true } });
    },
    on: { ...on, ...onDeath(setDead), 'code.wrong': at('code') },
  });
  const send = createSendForm(async (ticket) => {
    const answer = await api.recovery.sendCode.mutate({ ticket });
    hold(answer.recovery);
    props.onSent({
      recovery: answer.recovery,
      notice: {
        tone: answer.outcome === 'sent' ? 'ok' : 'warn',
        said() {
          if (answer.outcome !== 'sent') {
            return copy()[answer.outcome](answer.recovery.remainingToday);
          }
          return code === null ? copy().sent : smsCodeCopy().resent;
        },
      },
      passwords: {
        password: form.values.password,
        passwordAgain: form.values.passwordAgain,
      },
    });
  }, on);
  return (
    <Page
      title={copy().bySms}
      backTo={wayPath}
      step={<RecoveryStep of="proof" />}
      form={both(form, send)}
    >
      <Show when={dead() === null && props.notice}>
        {(notice) => (
          <Note tone={notice().tone}>
            <p>{notice().said()}</p>
          </Note>
        )}
      </Show>
      <Show
        when={code !== null}
        fallback={
          <>
            <p>
              {copy().sendTo}
              <b class="num">{maskedMobile}</b>
              {copy().sendToAfter}
            </p>
            <Show when={remainingToday > 0} fallback={<p>{copy().noneLeft}</p>}>
              <SendForm
                form={send}
                purpose="recover"
                remainingToday={remainingToday}
                button={copy().send}
              />
            </Show>
            <p>
              <OtherWay />
            </p>
          </>
        }
      >
        <CodeSent
          maskedMobile={maskedMobile}
          code={code}
          dead={dead()}
          form={send}
          purpose="recover"
          remainingToday={remainingToday}
          check={copy().check}
          noneLeft={copy().noneLeft}
          otherWay={<OtherWay />}
        >
          <FormBody of={form} submit={copy().reset}>
            <SmsCodeField field={form.field('code')} rule={rule} triesLeft={code?.triesLeft ?? 0} />
            <NewPassword
              form={form}
              label={copy().password}
              hint={copy().passwordHint}
              again={copy().again}
            />
          </FormBody>
        </CodeSent>
      </Show>
    </Page>
  );
}
