import { maskMobile, parseCodeAnswers } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { at } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { onDeath, whyDead } from '../sms-code/life.ts';
import {
  both,
  CodeSent,
  createSendForm,
  SmsCodeField,
  smsCodeCopy,
} from '../sms-code/sms-code.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './code.zh.ts';
import { flowCopy, FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import { byWeChatPath, pathTo, type Registration } from './steps.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

const WeChatCode = page(() => import('./wechat-code.tsx'), 'WeChatCode');

/** Step 3, second page: the code that proves the mobile, or the WeChat that it was asked for by. */
export function CodePage() {
  return (
    <Step name="code">
      {(registration) => (
        <Show
          when={registration().channel === 'wechat'}
          fallback={<SmsCode registration={registration()} />}
        >
          <WeChatCode registration={registration()} />
        </Show>
      )}
    </Step>
  );
}

/** T-REG-12. */
function SmsCode(props: { registration: Registration }) {
  const flow = useFlow();
  const { code, contact, remainingToday } = props.registration;
  const rule = usePortal().codes.sms;
  const [dead, setDead] = createSignal(whyDead(code));

  const form = createForm({
    initial: { code: '' },
    validate: (typed) => parseCodeAnswers(typed, rule),
    async submit(typed) {
      flow.goOn(await api.registration.proveContact.mutate(typed));
    },
    on: { ...flow.on, ...onDeath(setDead), 'code.wrong': at('code') },
  });
  const again = createSendForm(
    (ticket) =>
      sendCode(flow, contact ?? { email: '', mobile: '' }, ticket, {
        tone: 'ok',
        said: () => smsCodeCopy().resent,
      }),
    flow.on,
  );
  return (
    <Page
      title={copy().title}
      backTo={pathTo('contact')}
      step={<FlowStep of="contact" />}
      form={both(form, again)}
    >
      <FlowNotice />
      <CodeSent
        maskedMobile={maskMobile(contact?.mobile ?? '')}
        change={
          <A class="whole" href={pathTo('contact')}>
            {copy().changeNumber}
          </A>
        }
        code={code}
        dead={dead()}
        form={again}
        purpose="register"
        remainingToday={remainingToday}
        check={copy().check}
        noneLeft={copy().noneLeft}
        otherWay={
          <>
            {copy().ported}
            <A href={byWeChatPath()}>{copy().byWeChat}</A>
            {copy().portedAfter}
          </>
        }
      >
        <FormBody of={form} submit={flowCopy().continue}>
          <SmsCodeField field={form.field('code')} rule={rule} triesLeft={code?.triesLeft ?? 0} />
        </FormBody>
      </CodeSent>
    </Page>
  );
}
