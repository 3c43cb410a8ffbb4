import { contactIdentifiers, provedKindOf } from '@shiming/domain';
import { onCleanup, onMount, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { codePageCopy } from '../code/not-sent.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { page } from '../lazy-page.ts';
import { bilingual, usePortal, weChatName } from '../portal.ts';
import { Foreign } from '../ui/foreign.tsx';
import { zh } from './code.zh.ts';
import { flowCopy, FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import { byWeChatPath } from './contact-way.ts';
import { activationPath, pathTo, type Registration } from './steps.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

const WeChatCode = page(() => import('./wechat-code.tsx'), 'WeChatCode');

/** The code that proves the contact, or the WeChat that it was asked for by. */
export function RegistrationCode() {
  return (
    <Step name="code">
      {(registration) => (
        <Show
          when={registration().channel === 'wechat'}
          fallback={<SentCode registration={registration()} />}
        >
          <WeChatCode registration={registration()} />
        </Show>
      )}
    </Step>
  );
}

/** T-REG-12, S-REG-02: by SMS or mail. */
function SentCode(props: { registration: Registration }) {
  const flow = useFlow();
  const { code, remainingToday } = props.registration;
  const contact = props.registration.contact ?? { email: '', mobile: '' };
  const kind = provedKindOf(contact);
  const { channel, mask } = contactIdentifiers[kind];
  return (
    <CodePage
      title={copy().titles[channel]}
      lead={channel === 'mail' && <Waiting />}
      backTo={pathTo('contact')}
      step={<FlowStep of="contact" />}
      notice={<FlowNotice />}
      channel={channel}
      masked={mask(contact[kind])}
      code={code}
      wasSent
      remainingToday={remainingToday}
      noneLeft={weChatName() === '' ? copy().noneLeft[kind] : copy().noneLeftOrWeChat}
      purpose="register"
      send={(ticket) =>
        sendCode(flow, contact, ticket, {
          tone: 'ok',
          said: () => codePageCopy().resent,
        })
      }
      enter={async (typed) => {
        flow.goOn(await api.registration.proveContact.mutate(typed));
      }}
      on={flow.on}
      {...(channel === 'mail' && { resend: copy().resend })}
      button={flowCopy().continue}
      change={
        <A class="whole" href={pathTo('contact')}>
          {copy().change[kind]}
        </A>
      }
      otherWay={
        weChatName() !== '' && (
          <>
            {copy().ported}
            <A href={byWeChatPath()}>{copy().byWeChat}</A>
            {copy().portedAfter}
          </>
        )
      }
    />
  );
}

const lookEveryMs = 4_000;

/**
 * S-REG-03: waits for the activation by the link of the mail. The link may be opened in another tab, where this browser's
 * registration goes on, or in another browser, where it goes on without this one.
 */
function Waiting() {
  const flow = useFlow();
  // One look at a time, and none that answers after the page went on: it would begin the next page again.
  let isLooking = false;
  let isLeft = false;
  const look = async () => {
    if (document.hidden || isLooking) return;
    isLooking = true;
    const now = await api.registration.current.query().catch(() => undefined);
    isLooking = false;
    if (isLeft) return;
    if (now === null) {
      await flow.reload();
      flow.open(`${activationPath}?elsewhere=1`, undefined, { replace: true });
    } else if (now && now.step !== 'code') {
      flow.goOn(now, { tone: 'ok', said: () => flowCopy().activated });
    }
  };
  const lookAgain = () => void look();
  onMount(() => {
    const timer = setInterval(lookAgain, lookEveryMs);
    document.addEventListener('visibilitychange', lookAgain);
    onCleanup(() => {
      isLeft = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookAgain);
    });
  });
  const { name, messageSignature } = usePortal();
  return <Foreign>{copy().waiting(bilingual(name), messageSignature)}</Foreign>;
}
