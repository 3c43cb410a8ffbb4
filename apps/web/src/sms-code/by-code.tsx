import { parseCodeAnswers } from '@shiming/domain';
import { createSignal, type JSX, Show } from 'solid-js';
import { createForm } from '../form/create-form.ts';
import { at, type On } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { onDeath, type Delivery, type SentCode, whyDead } from './life.ts';
import { byCodeCopy as copy, NotSent } from './not-sent.tsx';
import { both, CodeSent, createSendForm, SendForm, SmsCodeField } from './sms-code.tsx';

type Standing = { code: SentCode | null; remainingToday: number; last?: Delivery };

type ByCodeProps = {
  title: string;
  lead?: JSX.Element;
  backTo: string;
  channel: 'sms' | 'mail';
  /** Where the code goes, masked. */
  masked: string;
  /** The code that is on its way as the page opens; `null` where it has to be asked for. */
  code: SentCode | null;
  remainingToday: number;
  /** Stands in the place of another code, where none can be sent from here. */
  instead?: JSX.Element;
  /** Has a code sent for a ticket of the puzzle `contact`. */
  send(ticket: string): Promise<Delivery>;
  /** Enters the code, and goes on. */
  enter(typed: { code: string }): Promise<void>;
  /** What refusals do that are not about the code. */
  on: On;
  /** The button that enters it. */
  button: string;
  /** Beside the contact. */
  change?: JSX.Element;
  /** At the end of the page: what else can be done. */
  others: JSX.Element;
};

/** A page that has a code sent to somebody who is signed in, by SMS or mail, and takes it. */
export function ByCode(props: ByCodeProps) {
  const [standing, setStanding] = createSignal<Standing>({
    code: props.code,
    remainingToday: props.remainingToday,
  });
  // Begins anew with each code: nothing said about the last one is true of this one.
  return (
    <Show when={standing()} keyed>
      {(now) => (
        <OneCode
          {...props}
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

function OneCode(props: ByCodeProps & Standing & { onSent(next: Standing): void }) {
  const rule = usePortal().codes[props.channel];
  const words = () => copy()[props.channel];
  const [dead, setDead] = createSignal(props.code && whyDead(props.code));
  const form = createForm({
    initial: { code: '' },
    validate: (typed) => parseCodeAnswers(typed, rule),
    submit: (typed) => props.enter(typed),
    on: { ...props.on, ...onDeath(setDead), 'code.wrong': at('code') },
  });
  const send = createSendForm(async (ticket) => {
    const last = await props.send(ticket);
    props.onSent({ code: last.code, remainingToday: last.remainingToday, last });
  }, props.on);
  const isAgain = props.code !== null;
  return (
    <Page title={props.title} lead={props.lead} backTo={props.backTo} form={both(form, send)}>
      <Show when={dead() === null && props.last}>
        {(last) => (
          <Show
            when={last().outcome === 'sent'}
            fallback={<NotSent channel={props.channel} delivery={last()} />}
          >
            <Note tone="ok">
              <p>{copy().sent}</p>
            </Note>
          </Show>
        )}
      </Show>
      <Show
        when={isAgain}
        fallback={
          <>
            <p>
              {words().sendTo}
              <b class="num">{props.masked}</b>
              {copy().sendToAfter} {props.change}
            </p>
            <Show when={props.remainingToday > 0} fallback={<p>{copy().noneLeft}</p>}>
              <SendForm
                form={send}
                purpose="contact"
                remainingToday={props.remainingToday}
                button={words().send}
              />
            </Show>
          </>
        }
      >
        <CodeSent
          maskedMobile={props.masked}
          change={props.change}
          code={props.code}
          dead={dead()}
          form={send}
          purpose="contact"
          remainingToday={props.instead === undefined ? props.remainingToday : 0}
          notReceived={words().missing}
          check={words().check}
          noneLeft={props.instead ?? copy().noneLeft}
        >
          <FormBody of={form} submit={props.button}>
            <SmsCodeField
              field={form.field('code')}
              rule={rule}
              triesLeft={props.code?.triesLeft ?? 0}
            />
          </FormBody>
        </CodeSent>
      </Show>
      {props.others}
    </Page>
  );
}
