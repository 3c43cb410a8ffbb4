import { maskMobile } from '@shiming/domain';
import { Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { codePageCopy } from '../code/not-sent.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { page } from '../lazy-page.ts';
import { zh } from './code.zh.ts';
import { flowCopy, FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import { byWeChatPath, pathTo, type Registration } from './steps.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

const WeChatCode = page(() => import('./wechat-code.tsx'), 'WeChatCode');

/** Step 3, second page: the code that proves the mobile, or the WeChat that it was asked for by. */
export function RegistrationCode() {
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
  return (
    <CodePage
      title={copy().title}
      backTo={pathTo('contact')}
      step={<FlowStep of="contact" />}
      notice={<FlowNotice />}
      channel="sms"
      masked={maskMobile(contact?.mobile ?? '')}
      code={code}
      wasSent
      remainingToday={remainingToday}
      noneLeft={copy().noneLeft}
      purpose="register"
      send={(ticket) =>
        sendCode(flow, contact ?? { email: '', mobile: '' }, ticket, {
          tone: 'ok',
          said: () => codePageCopy().resent,
        })
      }
      enter={async (typed) => {
        flow.goOn(await api.registration.proveContact.mutate(typed));
      }}
      on={flow.on}
      button={flowCopy().continue}
      change={
        <A class="whole" href={pathTo('contact')}>
          {copy().changeNumber}
        </A>
      }
      otherWay={
        <>
          {copy().ported}
          <A href={byWeChatPath()}>{copy().byWeChat}</A>
          {copy().portedAfter}
        </>
      }
    />
  );
}
