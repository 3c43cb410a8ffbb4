import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { defineCopy } from '../../copy/define-copy.ts';
import { qrImage } from '../../wechat/qr-image.ts';
import { zh } from './hand-off.zh.ts';

const copy = defineCopy(zh, () => import('./hand-off.en.ts'));

const lookEveryMs = 5_000;
const giveUpAfterMs = 25 * 60_000;

/**
 * 「用手机拍」: the same page of the same account, on the phone, which asks to sign in there. The address carries no
 * secret, so whoever else reads the code from the screen gets a login page. Looks whether the photo has come until the
 * page that shows this takes it away.
 */
export function HandOff(props: { path: string; look: () => Promise<void> }) {
  const address = () => `${location.origin}${props.path}`;
  const [isOver, setOver] = createSignal(false);
  let timer: ReturnType<typeof setInterval> | undefined;
  const wait = () => {
    setOver(false);
    const untilMs = performance.now() + giveUpAfterMs;
    timer = setInterval(() => {
      if (performance.now() < untilMs) {
        if (!document.hidden) void props.look();
        return;
      }
      clearInterval(timer);
      setOver(true);
    }, lookEveryMs);
  };
  const look = () => void props.look();
  onMount(() => {
    wait();
    document.addEventListener('visibilitychange', look);
  });
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return (
    <section class="stack" aria-labelledby="by-phone">
      <h2 id="by-phone">{copy().title}</h2>
      <div class="card scene">
        <div class="qr">
          <img src={qrImage(address())} alt={copy().qr} />
        </div>
        <ol class="steps tall">
          <li>
            <span>{copy().scan}</span>
          </li>
          <li>
            <span>{copy().signIn}</span>
          </li>
          <li>
            <span>{copy().shoot}</span>
          </li>
        </ol>
      </div>
      <p class="soft">
        {copy().byHand} <span class="num">{address()}</span>
      </p>
      <div role="status">
        <Show when={isOver()} fallback={<p class="soft">{copy().waiting}</p>}>
          <p>
            {copy().over}{' '}
            <button type="button" class="link" onClick={wait}>
              {copy().goOn}
            </button>
          </p>
        </Show>
      </div>
    </section>
  );
}
