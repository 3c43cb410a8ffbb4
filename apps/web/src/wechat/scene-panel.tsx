import { parseCodeAnswers, type WeChatScenePurpose } from '@shiming/domain';
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type Form } from '../form/create-form.ts';
import { at, type On, onEach } from '../form/refusals.ts';
import { usePortal, weChatName } from '../portal.ts';
import { Note } from '../ui/blocks.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { weChatPlace } from './place.ts';
import { Foreign } from '../ui/foreign.tsx';
import { zh } from './scene.zh.ts';

/** The words of every page with a WeChat QR code. */
export const sceneCopy = defineCopy(zh, () => import('./scene.en.ts'));
const copy = sceneCopy;

/** A QR code for one person at one page, and how far it is, as the server tells it. */
export type Scene = { url: string; expiresAtMs: number; isScanned: boolean; isAnswered: boolean };

type Stage = 'waiting' | 'scanned' | 'answered' | 'expired';

/**
 * The form that takes a code of the chat. One that is of no more use is reported beside its field: another one is asked
 * for in the chat, and typed here.
 */
export function createChatCodeForm(
  enter: (typed: { code: string }) => Promise<void>,
  on: On = {},
): Form<{ code: string }> {
  const rule = usePortal().codes.weChat;
  return createForm({
    initial: { code: '' },
    validate: (typed) => parseCodeAnswers(typed, rule),
    submit: enter,
    on: {
      ...on,
      ...onEach(['code.wrong', 'code.expired', 'code.tries_used_up'], at('code')),
    },
  });
}

/** How long between two looks at a code that is on the screen. */
const lookEveryMs = 3_000;

/**
 * T-REG-13, T-PWD-04, T-PRO-06: a QR code of the service account with what to do, step by step, and how far it is.
 * Progress is asked for while the page is seen and the code can still be used.
 */
export function ScenePanel(props: {
  purpose: WeChatScenePurpose;
  scene: Scene;
  /** Asks the server how far the scene is; the answer comes back as `scene`. */
  look(): Promise<void>;
  /** What draws another QR code. Only there when it is asked for: a puzzle nobody sees would expire. */
  renew: () => JSX.Element;
  /** The way without WeChat. */
  otherWay?: JSX.Element;
  /** The form that takes the code. */
  children?: JSX.Element;
}) {
  const account = weChatName();
  const linkValidMs = usePortal().weChat?.linkValidMs ?? 0;
  const place = weChatPlace(navigator.userAgent);
  const url = createMemo(() => props.scene.url);
  const [overUrl, setOverUrl] = createSignal<string>();
  const [isLost, setLost] = createSignal(false);
  const [isOpen, setOpen] = createSignal(false);
  const isOver = () => overUrl() === url() || props.scene.expiresAtMs <= serverNow();
  const stage = createMemo((): Stage => {
    if (props.scene.isAnswered) return 'answered';
    if (isOver()) return 'expired';
    return props.scene.isScanned ? 'scanned' : 'waiting';
  });
  const steps = () => {
    const scan = copy().scan[place](account);
    const all = [...scan, ...copy().afterScan[props.purpose]];
    const done = { waiting: 0, expired: 0, scanned: scan.length, answered: all.length - 1 };
    return all.map((text, at) => ({ text, isDone: at < done[stage()] }));
  };
  const said = () => {
    const now = stage();
    return now === 'answered' ? copy().answered[props.purpose](linkValidMs / 60_000) : copy()[now];
  };

  let isLooking = false;
  const look = async () => {
    if (isLooking || document.hidden) return;
    isLooking = true;
    try {
      await props.look();
      setLost(false);
    } catch {
      setLost(true);
    } finally {
      isLooking = false;
    }
  };
  /** A last look after the end: what came in the chat shortly before is still good. */
  const end = () => {
    setOverUrl(url());
    void look();
  };
  // The timers of a page that is not seen may have stood still.
  const onShown = () => (props.scene.expiresAtMs <= serverNow() ? end() : void look());
  onMount(() => {
    const timer = setInterval(() => {
      if (!isOver()) void look();
    }, lookEveryMs);
    document.addEventListener('visibilitychange', onShown);
    onCleanup(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShown);
    });
  });

  return (
    <>
      <Show when={stage() !== 'expired'}>
        <div class="card scene">
          <Show when={stage() === 'waiting' && url()} keyed>
            {(text) => (
              <div class="tight">
                <QrImage text={text} place={place} />
                <p class="soft small">
                  {copy().validFor}
                  <Countdown endsAtMs={props.scene.expiresAtMs} onEnd={end} />
                  {copy().validForAfter}
                </p>
              </div>
            )}
          </Show>
          <ol class="steps tall">
            <For each={steps()}>
              {(step) => (
                <li classList={{ met: step.isDone }}>
                  <span>
                    <Show when={step.isDone}>
                      <span class="seen-by-readers">{copy().done}</span>
                    </Show>
                    <Foreign>{step.text}</Foreign>
                  </span>
                </li>
              )}
            </For>
          </ol>
        </div>
      </Show>
      <div role="status" class="tight">
        <Show
          when={stage() === 'waiting'}
          fallback={
            <Note tone={stage() === 'expired' ? 'warn' : 'ok'}>
              <p>{said()}</p>
            </Note>
          }
        >
          <p class="soft">{said()}</p>
        </Show>
        <Show when={isLost()}>
          <p class="soft">{copy().lost}</p>
        </Show>
      </div>
      <Show when={stage() === 'expired'} fallback={props.children}>
        {props.renew()}
      </Show>
      <Show when={stage() !== 'expired'}>
        <details
          class="reveal"
          open={isOpen()}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>{copy().helpTitle}</summary>
          <Show when={isOpen()}>
            <div class="stack">
              <p>{copy().help[props.purpose]}</p>
              {props.renew()}
            </div>
          </Show>
        </details>
      </Show>
      <Show when={props.otherWay}>
        <p>{props.otherWay}</p>
      </Show>
    </>
  );
}

/** Drawn by code that is fetched with it. Where that does not arrive, there is still the link. */
function QrImage(props: { text: string; place: ReturnType<typeof weChatPlace> }) {
  const account = weChatName();
  const [source, setSource] = createSignal('');
  const [isFailed, setFailed] = createSignal(false);
  const draw = async () => {
    try {
      const { qrImage } = await import('../shared/qr-image.ts');
      setSource(qrImage(props.text));
    } catch {
      setFailed(true);
    }
  };
  onMount(() => void draw());
  return (
    <>
      <div class="qr">
        <Show when={source()}>
          <img src={source()} alt={copy().qr(account)} />
        </Show>
      </div>
      <Show when={props.place === 'phone' && source()}>
        <a class="btn quiet" href={source()} download="wechat.png">
          {copy().save}
        </a>
      </Show>
      <Show when={props.place === 'here' || isFailed()}>
        <p>
          <a href={props.text}>{copy().open}</a>
        </p>
      </Show>
    </>
  );
}
