import type { PuzzlePurpose } from '@shiming/domain';
import { createSignal, type JSX, Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type FieldBinding, type Form, type FormReport } from '../form/create-form.ts';
import { at, type On, onEach } from '../form/refusals.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { Countdown, Note } from '../ui/blocks.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import type { Death, SentCode } from './life.ts';
import { zh } from './sms-code.zh.ts';

/** The words of every page that takes a code from a message. */
export const smsCodeCopy = defineCopy(zh, () => import('./sms-code.en.ts'));
const copy = smsCodeCopy;

/** A form of nothing but the puzzle, before a message is sent: what is refused belongs to it. */
export function createSendForm(
  send: (ticket: string) => Promise<void>,
  on: On = {},
): Form<{ ticket: string }> {
  return createForm({
    initial: { ticket: '' },
    validate: (typed) => withTicket({ ok: true }, typed.ticket),
    submit: ({ ticket }) => send(ticket),
    on: { ...on, ...onTicket, ...onEach(['code.day_limit', 'code.too_soon'], at('ticket')) },
    spends: 'ticket',
  });
}

export function SendForm(props: {
  form: Form<{ ticket: string }>;
  purpose: PuzzlePurpose;
  /** Said above the puzzle where there is a limit to tell. */
  remainingToday?: number;
  button: string;
}) {
  return (
    <FormBody of={props.form} submit={props.button}>
      <Show when={props.remainingToday !== undefined}>
        <p>{copy().leftToday(props.remainingToday ?? 0)}</p>
      </Show>
      <LazyPuzzle field={props.form.field('ticket')} purpose={props.purpose} />
    </FormBody>
  );
}

type ResendProps = {
  form: Form<{ ticket: string }>;
  purpose: PuzzlePurpose;
  code: SentCode | null;
  remainingToday: number;
  noneLeft: JSX.Element;
};

/** Another code: not before the last one is a minute old, and not when the day's are used up. */
export function Resend(props: ResendProps) {
  const nextAtMs = () => props.code?.nextAtMs ?? 0;
  const [isOver, setOver] = createSignal(false);
  const isWaiting = () => !isOver() && nextAtMs() > serverNow();
  return (
    <Show when={props.remainingToday > 0} fallback={<p>{props.noneLeft}</p>}>
      <Show
        when={!isWaiting()}
        fallback={
          <p>
            {copy().waitBefore}
            <Countdown endsAtMs={nextAtMs()} onEnd={() => setOver(true)} />
            {copy().waitAfter}
            {copy().leftToday(props.remainingToday)}
          </p>
        }
      >
        <SendForm {...props} button={copy().resend} />
      </Show>
    </Show>
  );
}

/**
 * A code that was sent: 「已发到 139*****82，4 分 59 秒内有效。」, the form that takes it (`children`), and 没收到短信？ with
 * another one. What is inside that is drawn when it is opened: a puzzle nobody asked for would expire unseen. Where
 * the code is dead, only another one is offered.
 */
export function CodeSent(
  props: ResendProps & {
    maskedMobile: string;
    dead: Death | null;
    /** Beside the number: the way to another one. */
    change?: JSX.Element;
    /** Other words than 没收到短信？, where the code went another way. */
    notReceived?: string;
    /** What to look at where no message came. */
    check: string;
    /** The way for those who get none. */
    otherWay?: JSX.Element;
    children: JSX.Element;
  },
) {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <p>
        {copy().sentTo}
        <b class="num">{props.maskedMobile}</b>
        <Show when={props.dead === null && props.code} keyed fallback={copy().end}>
          {(code) => <ValidFor code={code} onLate={() => setOpen(true)} />}
        </Show>{' '}
        {props.change}
      </p>
      <Show
        when={props.dead}
        fallback={
          <>
            {props.children}
            <details
              class="reveal"
              open={isOpen()}
              onToggle={(event) => setOpen(event.currentTarget.open)}
            >
              <summary>{props.notReceived ?? copy().notReceived}</summary>
              <Show when={isOpen()}>
                <div class="stack">
                  <p>{props.check}</p>
                  <Resend {...props} />
                  <Show when={props.otherWay}>
                    <p>{props.otherWay}</p>
                  </Show>
                </div>
              </Show>
            </details>
          </>
        }
      >
        {(why) => (
          <>
            <DeadCode why={why()} />
            <Resend {...props} />
            <Show when={props.otherWay}>
              <p>{props.otherWay}</p>
            </Show>
          </>
        )}
      </Show>
    </>
  );
}

function ValidFor(props: { code: SentCode; onLate(): void }) {
  const [isLate, setLate] = createSignal(false);
  return (
    <Show when={!isLate()} fallback={copy().isLate}>
      {copy().validFor}
      <Countdown
        endsAtMs={props.code.expiresAtMs}
        onEnd={() => {
          setLate(true);
          props.onLate();
        }}
      />
      {copy().validForAfter}
    </Show>
  );
}

/** The field of a code, with the tries that are left where they are few. */
export function SmsCodeField(props: {
  field: FieldBinding<string>;
  triesLeft: number;
  rule: { digits: number };
}) {
  return (
    <CodeField
      field={props.field}
      label={copy().code(props.rule.digits)}
      hint={
        <>
          {copy().codeHint}
          <Show when={props.triesLeft < 3 && props.field.problem() === undefined}>
            {' '}
            {copy().triesLeft(props.triesLeft)}
          </Show>
        </>
      }
    />
  );
}

/** Takes the focus: the form that had it is gone. */
export function DeadCode(props: { why: Death }) {
  return (
    <Note tone="warn">
      <p
        role="alert"
        tabindex="-1"
        ref={(element) => queueMicrotask(() => element.focus({ preventScroll: true }))}
      >
        <b>{copy().dead[props.why]}</b>
      </p>
    </Note>
  );
}

/** Two forms of one page under one summary. */
export function both(one: FormReport, other: FormReport): FormReport {
  return {
    problems: () => [...one.problems(), ...other.problems()],
    failure: () => one.failure() ?? other.failure(),
    failedSubmits: () => one.failedSubmits() + other.failedSubmits(),
  };
}
