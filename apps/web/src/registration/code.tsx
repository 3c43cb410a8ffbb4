import { compactNumber, type FieldCode, maskMobile } from '@shiming/domain';
import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { api, appErrorOf } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type FormReport } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { Countdown, Note } from '../ui/blocks.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './code.zh.ts';
import { flowCopy, FlowNotice, FlowStep, SendButton, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import {
  placeOfCodeFailure,
  placeOfSendFailure,
  type Registration,
  stepPaths,
  withTicket,
} from './steps.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

/** Step 3, second page: the code that proves the mobile (T-REG-12). */
export function CodePage() {
  return <Step name="code">{(registration) => <CodeForm registration={registration()} />}</Step>;
}

/** Why a code can no longer be right. */
type Dead = 'code.expired' | 'code.tries_used_up';

function CodeForm(props: { registration: Registration }) {
  const flow = useFlow();
  const { code, contact, remainingToday } = props.registration;
  const { digits } = usePortal().codes.sms;
  const [dead, setDead] = createSignal(whyDead(code));
  const [isLate, setLate] = createSignal(false);
  const [isOpen, setOpen] = createSignal(false);
  const [isWaiting, setWaiting] = createSignal(code !== null && code.nextAtMs > serverNow());

  const form = createForm({
    initial: { code: '' },
    validate: (typed) => checkCode(typed.code, digits),
    submit: (typed) =>
      flow.attempt(async () => {
        try {
          await api.registration.proveContact.mutate(typed);
        } catch (error) {
          const refusal = appErrorOf(error)?.code;
          if (refusal !== 'code.expired' && refusal !== 'code.tries_used_up') throw error;
          setDead(refusal);
          return;
        }
        await flow.goOn();
      }),
    placeFailure: placeOfCodeFailure,
  });
  const again = createForm({
    initial: { ticket: '' },
    validate: (typed) => withTicket({ ok: true }, typed.ticket),
    submit: (): Promise<void> =>
      sendCode(flow, contact ?? { email: '', mobile: '' }, again.field('ticket'), {
        tone: 'ok',
        said: () => copy().resent,
      }),
    placeFailure: (failure) => placeOfSendFailure(failure) && 'ticket',
  });

  const resend = () => (
    <Show when={remainingToday > 0} fallback={<p>{copy().noneLeft}</p>}>
      <Show
        when={!isWaiting()}
        fallback={
          <p>
            {copy().waitBefore}
            <Countdown endsAtMs={code?.nextAtMs ?? 0} onEnd={() => setWaiting(false)} />
            {copy().waitAfter}
            {copy().leftToday(remainingToday)}
          </p>
        }
      >
        <form class="stack" novalidate onSubmit={(event) => again.submit(event)}>
          <p>{copy().leftToday(remainingToday)}</p>
          <Puzzle field={again.field('ticket')} {...puzzleCalls('register')} />
          <SendButton form={again}>{copy().resend}</SendButton>
        </form>
      </Show>
    </Show>
  );

  return (
    <Page
      title={copy().title}
      backTo={stepPaths.contact}
      step={<FlowStep at={3} />}
      form={both(form, again)}
    >
      <FlowNotice />
      <p>
        {copy().sentTo}
        <b class="num">{maskMobile(contact?.mobile ?? '')}</b>
        <Show when={dead() === null && code} fallback={copy().portedAfter}>
          {(live) => (
            <Show when={!isLate()} fallback={copy().isLate}>
              {copy().validFor}
              <Countdown
                endsAtMs={live().expiresAtMs}
                onEnd={() => {
                  setLate(true);
                  setOpen(true);
                }}
              />
              {copy().validForAfter}
            </Show>
          )}
        </Show>{' '}
        <A class="whole" href={stepPaths.contact}>
          {copy().changeNumber}
        </A>
      </p>
      <Show
        when={dead()}
        fallback={
          <>
            <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
              <CodeField
                field={form.field('code')}
                label={copy().code(digits)}
                hint={
                  <>
                    {copy().codeHint}
                    <Show
                      when={code !== null && code.triesLeft < 3 && form.problems().length === 0}
                    >
                      {' '}
                      {copy().triesLeft(code?.triesLeft ?? 0)}
                    </Show>
                  </>
                }
              />
              <SendButton form={form} />
            </form>
            <details
              class="reveal"
              open={isOpen()}
              onToggle={(event) => setOpen(event.currentTarget.open)}
            >
              <summary>{copy().notReceived}</summary>
              {/* Drawn when it is opened: a puzzle nobody asked for would expire unseen. */}
              <Show when={isOpen()}>
                <div class="stack">
                  <p>{copy().check}</p>
                  {resend()}
                  <p>
                    {copy().ported}
                    <a href="/help#registration" target="_blank" rel="noopener">
                      {copy().portedHelp}
                      <span class="seen-by-readers">{flowCopy().newTab}</span>
                    </a>
                    {copy().portedAfter}
                  </p>
                </div>
              </Show>
            </details>
          </>
        }
      >
        {(why) => (
          <>
            <Note tone="warn">
              <p
                role="alert"
                tabindex="-1"
                ref={(element) => queueMicrotask(() => element.focus({ preventScroll: true }))}
              >
                <b>{copy().dead[why()]}</b>
              </p>
            </Note>
            {resend()}
          </>
        )}
      </Show>
    </Page>
  );
}

function whyDead(code: Registration['code']): Dead | null {
  if (code === null || code.expiresAtMs <= serverNow()) return 'code.expired';
  return code.triesLeft === 0 ? 'code.tries_used_up' : null;
}

/** The form of a code, as the server reads it: spaces, hyphens and full-width digits are taken. */
export function checkCode(
  typed: string,
  digits: number,
): { ok: true } | { ok: false; fields: Record<'code', FieldCode> } {
  const compact = compactNumber(typed);
  if (compact === '') return { ok: false, fields: { code: 'code.missing' } };
  const isCode = compact.length === digits && /^\d+$/.test(compact);
  return isCode ? { ok: true } : { ok: false, fields: { code: 'code.format' } };
}

/** Two forms of one page under one summary. */
function both(one: FormReport, other: FormReport): FormReport {
  return {
    problems: () => [...one.problems(), ...other.problems()],
    failure: () => one.failure() ?? other.failure(),
    failedSubmits: () => one.failedSubmits() + other.failedSubmits(),
  };
}
