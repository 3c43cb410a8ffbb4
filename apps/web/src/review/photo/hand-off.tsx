import type { PhotoSide } from '@shiming/domain';
import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { defineCopy } from '../../copy/define-copy.ts';
import { useSignedIn } from '../../session/signed-in.tsx';
import { ActionFailure, createAction } from '../../ui/action.tsx';
import { qrImage } from '../../shared/qr-image.ts';
import { zh } from './hand-off.zh.ts';
import { addressOf } from '../../portal.ts';

const copy = defineCopy(zh, () => import('./hand-off.en.ts'));

const lookEveryMs = 5_000;

/**
 * 「用手机拍」: a QR code by which the phone sends this one photo, and needs no account there (K11). Looks whether the
 * photo has come until the page that shows this takes it away.
 */
export function HandOff(props: { side: PhotoSide; look: () => Promise<void> }) {
  const [address, setAddress] = createSignal<string>();
  const [isOver, setOver] = createSignal(false);
  let timer: ReturnType<typeof setInterval> | undefined;
  const begin = createAction(async () => {
    clearInterval(timer);
    const { link, expiresAtMs } = await api.review.handOffPhoto.mutate({ side: props.side });
    setAddress(`${location.origin}${addressOf('/photo')}#${link}`);
    setOver(false);
    timer = setInterval(() => {
      if (serverNow() < expiresAtMs) {
        if (!document.hidden) void props.look();
        return;
      }
      clearInterval(timer);
      setOver(true);
    }, lookEveryMs);
  }, useSignedIn());
  const look = () => void props.look();
  onMount(() => {
    void begin.run();
    document.addEventListener('visibilitychange', look);
  });
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return (
    <section class="stack" aria-labelledby="by-phone">
      <h2 id="by-phone">{copy().title}</h2>
      <ActionFailure action={begin} />
      <Show
        when={!isOver()}
        fallback={
          <div role="status">
            <p>
              {copy().over}{' '}
              <button type="button" class="link" onClick={() => void begin.run()}>
                {copy().goOn}
              </button>
            </p>
          </div>
        }
      >
        <div class="card scene">
          <div class="qr">
            <Show when={address()}>{(to) => <img src={qrImage(to())} alt={copy().qr} />}</Show>
          </div>
          <ol class="steps tall">
            <li>
              <span>{copy().scan}</span>
            </li>
            <li>
              <span>{copy().shoot}</span>
            </li>
          </ol>
        </div>
        <p class="soft">{copy().alone}</p>
        <div role="status">
          <p class="soft">{copy().waiting}</p>
        </div>
      </Show>
    </section>
  );
}
