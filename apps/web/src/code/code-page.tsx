import { type Answers, parseCodeAnswers, type PuzzlePurpose, together } from '@shiming/domain';
import { createSignal, type JSX, Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { createForm, type Form } from '../form/create-form.ts';
import { at, type On } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { Note, Num } from '../ui/blocks.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { both, createSendForm, SendForm, SentCodeField } from './code.tsx';
import { type Death, type Delivery, onDeath, type SentCode, whyDead } from './life.ts';
import { codePageCopy as copy, NotSent } from './not-sent.tsx';

type Typed = Record<string, string>;

/** What is typed besides the code, empty, its rules and its fields. */
type Besides<T extends Typed> = {
  initial: T;
  validate(typed: T): Answers<unknown>;
  fields(form: Form<T & { code: string }>): JSX.Element;
};

export type CodePageProps<T extends Typed> = {
  title: string;
  lead?: JSX.Element;
  backTo: string;
  step?: JSX.Element;
  /** Before everything else: what the page before has left to say. */
  notice?: JSX.Element;
  channel: 'sms' | 'mail';
  /** Where the code goes, masked. */
  masked: string;
  /** The code that is on its way as the page opens; `null` where it has to be asked for. */
  code: SentCode | null;
  /** A code was sent: where the server no longer has one, it has expired. */
  wasSent?: boolean;
  remainingToday: number;
  /** Said where today's codes are used up. */
  noneLeft?: JSX.Element;
  /** Stands in the place of another code, where none can be sent from here. */
  instead?: JSX.Element;
  purpose: PuzzlePurpose;
  /** Has a code sent for a ticket of the puzzle. */
  send(ticket: string): Promise<Delivery>;
  besides?: Besides<T>;
  /** Enters what was typed, and goes on. */
  enter(typed: T & { code: string }): Promise<void>;
  /** What refusals do that are not about the code. */
  on: On;
  /** The button that asks for another one, where it says more than that. */
  resend?: string;
  /** The button that enters it. */
  button: string;
  /** Beside the contact: the way to another one. */
  change?: JSX.Element;
  /** The way for those who get no code. */
  otherWay?: JSX.Element;
  /** At the end of the page: what else can be done. */
  others?: JSX.Element;
};

type Standing<T> = {
  code: SentCode | null;
  remainingToday: number;
  besides: T | undefined;
  last?: Delivery;
};

/** A page that has a code sent, by SMS or mail, and takes it. */
export function CodePage<T extends Typed>(props: CodePageProps<T>) {
  const [standing, setStanding] = createSignal<Standing<T>>({
    code: props.code,
    remainingToday: props.remainingToday,
    besides: props.besides?.initial,
  });
  // Begins again with each code: nothing said about the last one is true of this one.
  return (
    <Show when={standing()} keyed>
      {(now) => (
        <OneCode
          page={props}
          now={now}
          onSent={(next) => {
            setStanding(() => next);
            scrollTo(0, 0);
          }}
        />
      )}
    </Show>
  );
}

function OneCode<T extends Typed>(props: {
  page: CodePageProps<T>;
  now: Standing<T>;
  onSent(next: Standing<T>): void;
}) {
  const { page, now } = props;
  const rule = usePortal().codes[page.channel];
  const words = () => copy()[page.channel];
  const wasSent = page.wasSent === true || now.code !== null;
  const [dead, setDead] = createSignal(wasSent ? whyDead(now.code) : null);
  const form = createForm({
    initial: { code: '', ...now.besides } as T & { code: string },
    validate(typed) {
      const code = parseCodeAnswers(typed, rule);
      return page.besides === undefined ? code : together(code, page.besides.validate(typed));
    },
    submit: (typed) => page.enter(typed),
    on: { ...page.on, ...onDeath(setDead), 'code.wrong': at('code') },
  });
  const send = createSendForm(async (ticket) => {
    const last = await page.send(ticket);
    const { code: _, ...besides } = form.values;
    const { code, remainingToday } = last;
    props.onSent({ code, remainingToday, last, besides: besides as unknown as T });
  }, page.on);
  /** Another code: not before the last one is a minute old, and not when today's are used up. */
  const again = () => (
    <Show
      when={page.instead === undefined && now.remainingToday > 0}
      fallback={<p>{page.instead ?? page.noneLeft ?? copy().noneLeft}</p>}
    >
      <AfterWait nextAtMs={now.code?.nextAtMs ?? 0} remainingToday={now.remainingToday}>
        <SendForm
          form={send}
          purpose={page.purpose}
          remainingToday={now.remainingToday}
          button={wasSent ? (page.resend ?? copy().resend) : words().send}
        />
      </AfterWait>
    </Show>
  );
  const otherWay = () => <Show when={page.otherWay}>{(way) => <p>{way()}</p>}</Show>;
  const [isOpen, setOpen] = createSignal(false);
  return (
    <Page
      title={page.title}
      lead={page.lead}
      backTo={page.backTo}
      step={page.step}
      form={both(form, send)}
    >
      {page.notice}
      <Show when={dead() === null && now.last}>
        {(last) => (
          <Show
            when={last().outcome === 'sent'}
            fallback={<NotSent channel={page.channel} delivery={last()} />}
          >
            <Note tone="ok">
              <p>{copy()[page.code === null ? 'sent' : 'resent']}</p>
            </Note>
          </Show>
        )}
      </Show>
      <p>
        {wasSent ? copy().sentTo : words().sendTo}
        <Num strong>{page.masked}</Num>
        <Show when={wasSent && dead() === null && now.code} keyed fallback={copy().end}>
          {(code) => <ValidFor code={code} onLate={() => setOpen(true)} />}
        </Show>{' '}
        {page.change}
      </p>
      <Show
        when={wasSent}
        fallback={
          <>
            {again()}
            {otherWay()}
          </>
        }
      >
        <Show
          when={dead()}
          fallback={
            <>
              <FormBody of={form} submit={page.button}>
                <SentCodeField
                  field={form.field('code')}
                  rule={rule}
                  triesLeft={now.code?.triesLeft ?? 0}
                />
                {page.besides?.fields(form)}
              </FormBody>
              <details
                class="reveal"
                open={isOpen()}
                onToggle={(event) => setOpen(event.currentTarget.open)}
              >
                <summary>{words().missing}</summary>
                {/* Drawn when it is opened: a puzzle nobody asked for would expire unseen. */}
                <Show when={isOpen()}>
                  <div class="stack">
                    <p>{words().check}</p>
                    {again()}
                    {otherWay()}
                  </div>
                </Show>
              </details>
            </>
          }
        >
          {(why) => (
            <>
              <DeadCode why={why()} />
              {again()}
              {otherWay()}
            </>
          )}
        </Show>
      </Show>
      {page.others}
    </Page>
  );
}

/** What stands here is shown when another code can be sent. */
function AfterWait(props: { nextAtMs: number; remainingToday: number; children: JSX.Element }) {
  const [isOver, setOver] = createSignal(false);
  return (
    <Show
      when={isOver() || props.nextAtMs <= serverNow()}
      fallback={
        <p>
          {copy().waitBefore}
          <Countdown endsAtMs={props.nextAtMs} onEnd={() => setOver(true)} />
          {copy().waitAfter(props.remainingToday)}
        </p>
      }
    >
      {props.children}
    </Show>
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

/** Takes the focus: the form that had it is gone. */
function DeadCode(props: { why: Death }) {
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
