import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { usePortal, weChatName } from '../portal.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { SentCodeField } from '../code/code.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { zh } from './binding.zh.ts';
import { createChatCodeForm, sceneCopy, ScenePanel } from './scene-panel.tsx';

const copy = defineCopy(zh, () => import('./binding.en.ts'));

type Current = Awaited<ReturnType<typeof api.wechat.current.query>>;

const path = '/account/wechat';

/** T-PRO-06: the WeChat that a forgotten password can be reset by. */
export function WeChatBinding() {
  useCompleteProfile();
  const current = createRead(() => api.wechat.current.query());
  const [said, setSaid] = createSignal<'saved' | 'gone'>();
  return (
    <Reading read={current} title={copy().title}>
      {(now) => (
        <Show
          when={now().boundAtMs}
          fallback={
            <Unbound
              current={now()}
              isGone={said() === 'gone'}
              onLook={() => current.again()}
              onBound={async () => {
                setSaid('saved');
                await current.again();
                scrollTo(0, 0);
              }}
            />
          }
        >
          {(atMs) => (
            <Bound
              atMs={atMs()}
              isNew={said() === 'saved'}
              onUnbound={async () => {
                setSaid('gone');
                await current.again();
              }}
            />
          )}
        </Show>
      )}
    </Reading>
  );
}

function Unbound(props: {
  current: Current;
  isGone: boolean;
  onLook(): Promise<void>;
  onBound(): Promise<void>;
}) {
  const { codes } = usePortal();
  // A person who comes back from WeChat finds the QR code that was scanned meanwhile.
  const [isBegun, setBegun] = createSignal(
    !props.isGone && (props.current.scene?.expiresAtMs ?? 0) > serverNow(),
  );
  const begin = createAction(
    async () => {
      await api.wechat.begin.mutate();
      await props.onLook();
      setBegun(true);
    },
    useProved(() => 'begin'),
  );
  goOnAfterProof(path, 'begin', begin.run);
  const form = createChatCodeForm(async (typed) => {
    await api.wechat.bind.mutate(typed);
    await props.onBound();
  }, useProved());
  return (
    <Page title={copy().title} lead={copy().lead(weChatName())} backTo="/account" form={form}>
      <Show when={props.isGone}>
        <div role="status">
          <Note tone="ok">{copy().gone}</Note>
        </div>
      </Show>
      <Show
        when={isBegun() && props.current.scene}
        fallback={
          <>
            <p>{copy().proof}</p>
            <button type="button" class="btn" onClick={() => void begin.run()}>
              {copy().begin}
            </button>
          </>
        }
      >
        {(scene) => (
          <ScenePanel
            purpose="binding"
            scene={scene()}
            look={() => props.onLook()}
            renew={() => (
              <button type="button" class="btn quiet" onClick={() => void begin.run()}>
                {sceneCopy().renew}
              </button>
            )}
          >
            <FormBody of={form} submit={copy().bind}>
              <SentCodeField
                field={form.field('code')}
                rule={codes.weChat}
                triesLeft={codes.weChat.triesPerCode}
              />
            </FormBody>
          </ScenePanel>
        )}
      </Show>
      <ActionFailure action={begin} />
    </Page>
  );
}

function Bound(props: { atMs: number; isNew: boolean; onUnbound(): Promise<void> }) {
  const [isAsking, setAsking] = createSignal(false);
  const unbind = createAction(
    async () => {
      await api.wechat.unbind.mutate();
      await props.onUnbound();
    },
    useProved(() => 'unbind'),
  );
  goOnAfterProof(path, 'unbind', unbind.run);
  return (
    <Page title={copy().bound} lead={copy().boundText} backTo="/account">
      <Show when={props.isNew}>
        <div role="status">
          <Note tone="ok">{copy().saved}</Note>
        </div>
      </Show>
      <Facts rows={[{ term: copy().since, value: formatInstant(props.atMs) }]} />
      <ActionFailure action={unbind} />
      <p class="soft">{copy().change}</p>
      <button type="button" class="btn plain" onClick={() => setAsking(true)}>
        {copy().unbind}
      </button>
      <Show when={isAsking()}>
        <Confirm
          title={copy().unbindTitle}
          action={unbind}
          confirm={copy().unbind}
          cancel={copy().cancel}
          onClose={() => setAsking(false)}
        >
          <p>{copy().unbindText}</p>
        </Confirm>
      </Show>
    </Page>
  );
}
