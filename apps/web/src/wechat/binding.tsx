import { createSignal, Show } from 'solid-js';
import { api, type Failure, failureOf } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { usePortal, weChatName } from '../portal.ts';
import { goOnAfterProof, useProof } from '../proof/with-proof.ts';
import { createRead, Reading, useCompleteProfile } from '../session/signed-in.tsx';
import { SmsCodeField } from '../sms-code/sms-code.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { FailureNote, Facts, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
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
  const withProof = useProof();
  const { codes } = usePortal();
  const [failure, setFailure] = createSignal<Failure>();
  // Who comes back from WeChat finds the QR code that was scanned meanwhile.
  const [isBegun, setBegun] = createSignal(
    !props.isGone && (props.current.scene?.expiresAtMs ?? 0) > serverNow(),
  );
  const begin = async () => {
    setFailure(undefined);
    try {
      await withProof(api.wechat.begin.mutate(), 'begin');
      await props.onLook();
      setBegun(true);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  goOnAfterProof(path, 'begin', begin);
  const form = createChatCodeForm(async (typed) => {
    await withProof(api.wechat.bind.mutate(typed));
    await props.onBound();
  });
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
            <button type="button" class="btn" onClick={() => void begin()}>
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
              <button type="button" class="btn quiet" onClick={() => void begin()}>
                {sceneCopy().renew}
              </button>
            )}
          >
            <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
              <SmsCodeField field={form.field('code')} triesLeft={codes.weChat.triesPerCode} />
              <SubmitButton isBusy={form.isSubmitting()}>{copy().bind}</SubmitButton>
            </form>
          </ScenePanel>
        )}
      </Show>
      <Show when={failure()}>
        {(shown) => <FailureNote failure={shown()} onRetry={() => void begin()} />}
      </Show>
    </Page>
  );
}

function Bound(props: { atMs: number; isNew: boolean; onUnbound(): Promise<void> }) {
  const withProof = useProof();
  const [isAsking, setAsking] = createSignal(false);
  const unbind = createAction(async () => {
    await withProof(api.wechat.unbind.mutate(), 'unbind');
    await props.onUnbound();
  });
  goOnAfterProof(path, 'unbind', () => unbind.run());
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
