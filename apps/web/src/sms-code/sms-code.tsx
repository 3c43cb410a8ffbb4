import type { PuzzlePurpose } from '@shiming/domain';
import { useIsRouting } from '@solidjs/router';
import { createSignal, type JSX, Show, Suspense } from 'solid-js';
import type { Failure } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type FieldBinding, type Form, type FormReport } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { lazyPage } from '../lazy-page.ts';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { withTicket } from '../puzzle/with-ticket.ts';
import { Countdown, Loading, Note } from '../ui/blocks.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { Death, SentCode } from './life.ts';
import { zh } from './sms-code.zh.ts';

/** The words of every page that takes a code from a message. */
export const smsCodeCopy = defineCopy(zh, () => import('./sms-code.en.ts'));
const copy = smsCodeCopy;

/** Fetched when it is drawn: most codes arrive, and nobody asks for another. */
const Puzzle = lazyPage(async () => ({ default: (await import('../puzzle/puzzle.tsx')).Puzzle }));

const puzzleRefusals = new Set<Failure['code']>([
  'code.day_limit',
  'code.too_soon',
  'puzzle.ticket_refused',
]);

/** A form of nothing but the puzzle, before a code is sent: what is refused belongs to it. */
export function createSendForm(
  send: (ticket: FieldBinding<string>) => Promise<void>,
): Form<{ ticket: string }> {
  const form = createForm({
    initial: { ticket: '' },
    validate: (typed) => withTicket({ ok: true }, typed.ticket),
    submit: (): Promise<void> => send(form.field('ticket')),
    placeFailure: ({ code }) => (puzzleRefusals.has(code) ? 'ticket' : undefined),
  });
  return form;
}

export function SendForm(props: {
  form: Form<{ ticket: string }>;
  purpose: PuzzlePurpose;
  remainingToday: number;
  button: string;
}) {
  const isRouting = useIsRouting();
  return (
    <form class="stack" novalidate onSubmit={(event) => props.form.submit(event)}>
      <p>{copy().leftToday(props.remainingToday)}</p>
      <Suspense fallback={<Loading />}>
        <Puzzle field={props.form.field('ticket')} {...puzzleCalls(props.purpose)} />
      </Suspense>
      <SubmitButton isBusy={props.form.isSubmitting() || isRouting()}>{props.button}</SubmitButton>
    </form>
  );
}

/** Another code: not before the last one is a minute old, and not when the day's are used up. */
export function Resend(props: {
  form: Form<{ ticket: string }>;
  purpose: PuzzlePurpose;
  code: SentCode | null;
  remainingToday: number;
  noneLeft: JSX.Element;
}) {
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

/** 「已发到 139*****82，4 分 59 秒内有效。」 `code` is `null` when it is dead. */
export function SentTo(props: { maskedMobile: string; code: SentCode | null; onLate(): void }) {
  return (
    <>
      {copy().sentTo}
      <b class="num">{props.maskedMobile}</b>
      <Show when={props.code} keyed fallback={copy().end}>
        {(code) => <ValidFor code={code} onLate={() => props.onLate()} />}
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
export function SmsCodeField(props: { field: FieldBinding<string>; triesLeft: number }) {
  const { digits } = usePortal().codes.sms;
  return (
    <CodeField
      field={props.field}
      label={copy().code(digits)}
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

/** 没收到短信？ What is inside is drawn when it is opened: a puzzle nobody asked for would expire unseen. */
export function NotReceived(props: {
  isOpen: boolean;
  onToggle(isOpen: boolean): void;
  children: JSX.Element;
}) {
  return (
    <details
      class="reveal"
      open={props.isOpen}
      onToggle={(event) => props.onToggle(event.currentTarget.open)}
    >
      <summary>{copy().notReceived}</summary>
      <Show when={props.isOpen}>
        <div class="stack">{props.children}</div>
      </Show>
    </details>
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
