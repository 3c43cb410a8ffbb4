import { Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { both, createSendForm, SendForm, SentCodeField } from '../code/code.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { createChatCodeForm, sceneCopy, ScenePanel } from '../wechat/scene-panel.tsx';
import { flowCopy, FlowNotice, FlowStep, useFlow } from './flow.tsx';
import { drawWeChatCode } from './send-code.ts';
import { bySmsPath } from './contact-way.ts';
import { type Registration, pathTo } from './steps.ts';
import { zh } from './wechat-code.zh.ts';

const copy = defineCopy(zh, () => import('./wechat-code.en.ts'));

/** Step 3, second page, where the code was asked for by WeChat (T-REG-13). */
export function WeChatCode(props: { registration: Registration }) {
  const flow = useFlow();
  const rule = usePortal().codes.weChat;
  const form = createChatCodeForm(async (typed) => {
    flow.goOn(await api.registration.proveContact.mutate(typed));
  }, flow.on);
  const again = createSendForm(
    (ticket) =>
      drawWeChatCode(flow, props.registration.contact ?? { email: '', mobile: '' }, ticket),
    flow.on,
  );
  return (
    <Page
      title={copy().title}
      lead={copy().lead}
      backTo={pathTo('contact')}
      step={<FlowStep of="contact" />}
      form={both(form, again)}
    >
      <FlowNotice />
      <Show when={props.registration.scene}>
        {(scene) => (
          <ScenePanel
            purpose="registration"
            scene={scene()}
            look={() => flow.reload()}
            renew={() => <SendForm form={again} purpose="register" button={sceneCopy().renew} />}
            otherWay={
              <A class="alone" href={bySmsPath()}>
                {copy().bySms}
              </A>
            }
          >
            <FormBody of={form} submit={flowCopy().continue}>
              <SentCodeField
                field={form.field('code')}
                rule={rule}
                triesLeft={props.registration.code?.triesLeft ?? rule.triesPerCode}
              />
            </FormBody>
          </ScenePanel>
        )}
      </Show>
    </Page>
  );
}
