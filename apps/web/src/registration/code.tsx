import { maskMobile, parseCodeAnswers } from '@shiming/domain';
import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { deathIn, whyDead } from '../sms-code/life.ts';
import {
  both,
  createSendForm,
  DeadCode,
  NotReceived,
  Resend,
  SentTo,
  SmsCodeField,
  smsCodeCopy,
} from '../sms-code/sms-code.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './code.zh.ts';
import { flowCopy, FlowNotice, FlowStep, SendButton, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import { placeOfCodeFailure, type Registration, stepPaths } from './steps.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

/** Step 3, second page: the code that proves the mobile (T-REG-12). */
export function CodePage() {
  return <Step name="code">{(registration) => <CodeForm registration={registration()} />}</Step>;
}

function CodeForm(props: { registration: Registration }) {
  const flow = useFlow();
  const { code, contact, remainingToday } = props.registration;
  const rule = usePortal().codes.sms;
  const [dead, setDead] = createSignal(whyDead(code));
  const [isOpen, setOpen] = createSignal(false);

  const form = createForm({
    initial: { code: '' },
    validate: (typed) => parseCodeAnswers(typed, rule),
    submit: (typed) =>
      flow.attempt(async () => {
        try {
          await api.registration.proveContact.mutate(typed);
        } catch (error) {
          const death = deathIn(error);
          if (death === null) throw error;
          setDead(death);
          return;
        }
        await flow.goOn();
      }),
    placeFailure: placeOfCodeFailure,
  });
  const again = createSendForm((ticket) =>
    sendCode(flow, contact ?? { email: '', mobile: '' }, ticket, {
      tone: 'ok',
      said: () => smsCodeCopy().resent,
    }),
  );
  const resend = () => (
    <Resend
      form={again}
      purpose="register"
      code={code}
      remainingToday={remainingToday}
      noneLeft={copy().noneLeft}
    />
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
        <SentTo
          maskedMobile={maskMobile(contact?.mobile ?? '')}
          code={dead() === null ? code : null}
          onLate={() => setOpen(true)}
        />{' '}
        <A class="whole" href={stepPaths.contact}>
          {copy().changeNumber}
        </A>
      </p>
      <Show
        when={dead()}
        fallback={
          <>
            <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
              <SmsCodeField field={form.field('code')} triesLeft={code?.triesLeft ?? 0} />
              <SendButton form={form} />
            </form>
            <NotReceived isOpen={isOpen()} onToggle={setOpen}>
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
    </Page>
  );
}
