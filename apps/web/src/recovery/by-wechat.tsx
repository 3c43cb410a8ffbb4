import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createSendForm, SendForm } from '../code/code.tsx';
import { Page } from '../ui/page.tsx';
import { type Scene, sceneCopy, ScenePanel } from '../wechat/scene-panel.tsx';
import { zh } from './by-wechat.zh.ts';
import { RecoveryStep, startPath, useRecovery, wayPath } from './shared.tsx';
import { hold, type Recovery } from './held.ts';
import { WithRecovery } from './with-recovery.tsx';

const copy = defineCopy(zh, () => import('./by-wechat.en.ts'));

/** T-PWD-04: the WeChat that is bound gets a link in its chat, which leads to the page of the mail's links. */
export function ByWeChatPage() {
  return (
    <WithRecovery title={copy().title}>
      {(recovery) => (
        <Show when={recovery.hasWeChat} fallback={<NeverBound />}>
          <ByWeChat recovery={recovery} />
        </Show>
      )}
    </WithRecovery>
  );
}

function NeverBound() {
  return (
    <Page title={copy().noneTitle} lead={copy().none} step={<RecoveryStep of="proof" />}>
      <div class="row">
        <A class="btn" href={wayPath}>
          {copy().otherWay}
        </A>
      </div>
    </Page>
  );
}

function ByWeChat(props: { recovery: Recovery }) {
  // `null` once the recovery is no longer on its way: it was finished in the chat's browser, or it has expired.
  const [recovery, setRecovery] = createSignal<Recovery | null>(props.recovery);
  const [scene, setScene] = createSignal<Scene | null>(props.recovery.scene);
  const take = (now: Recovery) => {
    hold(now);
    setScene(now.scene);
  };
  const look = async () => {
    const now = await api.recovery.current.query();
    setRecovery(now);
    if (now !== null) take(now);
  };
  const form = createSendForm(async (ticket) => {
    take(await api.recovery.sendWeChatScene.mutate({ ticket }));
    form.field('ticket').set('');
    scrollTo(0, 0);
  }, useRecovery());
  const asking = (button: string) => <SendForm form={form} purpose="recover" button={button} />;
  const otherWay = () => (
    <A class="alone" href={wayPath}>
      {copy().otherWay}
    </A>
  );
  return (
    <Show when={recovery()} fallback={<Over />}>
      <Page
        title={copy().title}
        lead={copy().lead}
        backTo={wayPath}
        step={<RecoveryStep of="proof" />}
        form={form}
      >
        <Show
          when={scene()}
          fallback={
            <>
              {asking(copy().show)}
              <p>{otherWay()}</p>
            </>
          }
        >
          {(now) => (
            <ScenePanel
              purpose="recovery"
              scene={now()}
              look={look}
              renew={() => asking(sceneCopy().renew)}
              otherWay={otherWay()}
            />
          )}
        </Show>
      </Page>
    </Show>
  );
}

function Over() {
  return (
    <Page title={copy().doneTitle} lead={copy().done}>
      <div class="row">
        <A class="btn" href="/login">
          {copy().toSignIn}
        </A>
        <A class="btn plain" href={startPath}>
          {copy().startAgain}
        </A>
      </div>
    </Page>
  );
}
