import { parseCodeAnswers, parsePassword } from '@shiming/domain';
import { Navigate, useIsRouting, useNavigate } from '@solidjs/router';
import { createSignal, Match, onMount, Show, Switch } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { createForm, type Problems } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { deathIn, whyDead } from '../sms-code/life.ts';
import {
  both,
  createSendForm,
  DeadCode,
  NotReceived,
  Resend,
  SendForm,
  SentTo,
  SmsCodeField,
  smsCodeCopy,
} from '../sms-code/sms-code.tsx';
import { FailureNote, Loading, Note, type Tone } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import {
  donePath,
  endedPath,
  OtherWay,
  recoveryCopy as copy,
  RecoveryStep,
  wayPath,
} from './shared.tsx';

type Recovery = NonNullable<Awaited<ReturnType<typeof api.recovery.current.query>>>;

type Passwords = { password: string; passwordAgain: string };

/** Where the reset stands, what is to be said about it, and what was typed before. */
type Standing = {
  recovery: Recovery;
  notice: { tone: Tone; said(): string } | undefined;
  passwords: Passwords;
};

/** T-PWD-03: the code and the new password in one page. The reset lives on the server: a reload loses nothing but the password. */
export function BySmsPage() {
  const [standing, setStanding] = createSignal<Standing | null>();
  const [failure, setFailure] = createSignal<Failure>();
  const load = async () => {
    setFailure(undefined);
    try {
      const recovery = await api.recovery.current.query();
      const passwords = { password: '', passwordAgain: '' };
      setStanding(recovery && { recovery, notice: undefined, passwords });
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  onMount(() => void load());

  return (
    <Switch fallback={<Loading />}>
      <Match when={failure()}>
        {(failed) => (
          <Page title={copy().bySms}>
            <FailureNote failure={failed()} onRetry={() => void load()} />
          </Page>
        )}
      </Match>
      <Match when={standing() === null}>
        <Navigate href={endedPath} />
      </Match>
      {/* Begins anew with each code: nothing said about the last one is true of this one. */}
      <Match when={standing()} keyed>
        {(now) => (
          <BySms
            {...now}
            onSent={(next) => {
              setStanding(next);
              scrollTo(0, 0);
            }}
          />
        )}
      </Match>
    </Switch>
  );
}

function BySms(props: Standing & { onSent(next: Standing): void }) {
  const navigate = useNavigate();
  const session = useSession();
  const isRouting = useIsRouting();
  const rule = usePortal().codes.sms;
  const { code, maskedMobile, remainingToday } = props.recovery;
  const [dead, setDead] = createSignal(code && whyDead(code));
  const [isOpen, setOpen] = createSignal(false);

  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (appErrorOf(error)?.code !== 'recovery.not_started') throw error;
      navigate(endedPath, { replace: true });
    }
  };
  const form = createForm({
    initial: { code: '', ...props.passwords },
    validate: (typed) => checkReset(typed, rule.digits),
    submit: (typed) =>
      attempt(async () => {
        try {
          await api.recovery.resetPassword.mutate(typed);
        } catch (error) {
          const death = deathIn(error);
          if (death === null) throw error;
          setDead(death);
          return;
        }
        await session.refresh();
        navigate(donePath, { replace: true, state: { isDone: true } });
      }),
    placeFailure: ({ code: refusal }) => (refusal === 'code.wrong' ? 'code' : undefined),
  });
  const send = createSendForm((ticket) =>
    attempt(async () => {
      try {
        const answer = await api.recovery.sendCode.mutate({ ticket: ticket.value() });
        props.onSent({
          recovery: { ...props.recovery, ...afterSending(answer, rule.triesPerCode) },
          notice: {
            tone: answer.outcome === 'sent' ? 'ok' : 'warn',
            said() {
              if (answer.outcome !== 'sent') return copy()[answer.outcome](answer.remainingToday);
              return code === null ? copy().sent : smsCodeCopy().resent;
            },
          },
          passwords: {
            password: form.values.password,
            passwordAgain: form.values.passwordAgain,
          },
        });
      } catch (error) {
        if (appErrorOf(error)?.code === 'puzzle.ticket_refused') ticket.set('');
        throw error;
      }
    }),
  );
  const resend = () => (
    <Resend
      form={send}
      purpose="recover"
      code={code}
      remainingToday={remainingToday}
      noneLeft={copy().noneLeft}
    />
  );

  return (
    <Page
      title={copy().bySms}
      backTo={wayPath}
      step={<RecoveryStep at={2} />}
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
            <OtherWay />
          </>
        }
      >
        <p>
          <SentTo
            maskedMobile={maskedMobile}
            code={dead() === null ? code : null}
            onLate={() => setOpen(true)}
          />
        </p>
        <Show
          when={dead()}
          fallback={
            <>
              <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
                <SmsCodeField field={form.field('code')} triesLeft={code?.triesLeft ?? 0} />
                <PasswordField
                  field={form.field('password')}
                  label={copy().password}
                  hint={copy().passwordHint}
                  autocomplete="new-password"
                  withRules
                />
                <PasswordField
                  field={form.field('passwordAgain')}
                  label={copy().again}
                  autocomplete="new-password"
                />
                <SubmitButton isBusy={form.isSubmitting() || isRouting()}>
                  {copy().reset}
                </SubmitButton>
              </form>
              <NotReceived isOpen={isOpen()} onToggle={setOpen}>
                <p>{copy().check}</p>
                {resend()}
                <OtherWay />
              </NotReceived>
            </>
          }
        >
          {(why) => (
            <>
              <DeadCode why={why()} />
              {resend()}
            </>
          )}
        </Show>
      </Show>
    </Page>
  );
}

type Delivery = Awaited<ReturnType<typeof api.recovery.sendCode.mutate>>;

/** What there is after a message was to go out. One that did not has brought no code, and ended the one before. */
export function afterSending(
  { expiresAtMs, nextAtMs, remainingToday }: Delivery,
  triesLeft: number,
): Pick<Recovery, 'code' | 'remainingToday'> {
  const code =
    expiresAtMs === null || nextAtMs === null ? null : { expiresAtMs, nextAtMs, triesLeft };
  return { code, remainingToday };
}

/** Everything that can be said of the page at once; what the password is made from, the server knows. */
export function checkReset(
  typed: Passwords & { code: string },
  digits: number,
): { ok: true } | { ok: false; fields: Problems } {
  const code = parseCodeAnswers(typed, { digits });
  const password = parsePassword(typed.password);
  const fields: Problems = {
    ...(code.ok ? {} : code.fields),
    ...(password.ok ? {} : { password: password.code }),
    ...(password.ok && typed.passwordAgain !== typed.password
      ? { passwordAgain: 'password.mismatch' as const }
      : {}),
  };
  return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
}
