import { createEffect, createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { serverNow } from '../../clock.ts';
import { ui } from '../../copy/ui.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { shellCopy } from '../shell-copy.ts';
import { onActivity } from './activity.ts';
import { useStaff } from './staff.tsx';

const warnBeforeMs = 150_000;
/** As often as the server writes signs of life down. */
const tellEveryMs = 60_000;

/**
 * Tells the server that somebody is working, and warns 150 s before the end of a session at which nobody does. Looking
 * at a page that asks by itself is no work; pressing, typing and scrolling are.
 */
export function IdleWarning() {
  const staff = useStaff();
  const endsAtMs = createMemo(() => staff.current()?.endsAtMs);
  const [isWarned, setWarned] = createSignal(false);
  /** The end of the longest session, which no sign of life puts off. */
  const [isFinal, setFinal] = createSignal(false);
  let toldMs = performance.now();
  const tell = async () => {
    toldMs = performance.now();
    await staff.extend();
  };
  onMount(() => {
    const stop = onActivity(() => {
      if (!isWarned() && performance.now() - toldMs > tellEveryMs) void tell();
    });
    onCleanup(stop);
  });
  createEffect(() => {
    const end = endsAtMs();
    setWarned(false);
    if (end === undefined) return;
    const leftMs = end - serverNow();
    // A session that was alive a moment ago cannot have ended: the clocks have not been compared yet.
    if (leftMs <= 0) return;
    const warn = async () => {
      // Somebody may have gone on in another window.
      await staff.refresh();
      if (endsAtMs() === end) setWarned(true);
    };
    const timer = setTimeout(() => void warn(), Math.max(0, leftMs - warnBeforeMs));
    onCleanup(() => clearTimeout(timer));
  });
  const goOn = async () => {
    if (isFinal()) return setWarned(false);
    const before = endsAtMs();
    await tell();
    setFinal(endsAtMs() === before);
    return undefined;
  };
  return (
    <Show when={isWarned() && endsAtMs()}>
      {(end) => (
        <Dialog
          title={isFinal() ? shellCopy().endTitle : shellCopy().idleTitle}
          onCancel={() => void goOn()}
        >
          <p>{isFinal() ? shellCopy().endText : shellCopy().idleText}</p>
          <p>
            <b>
              <Countdown endsAtMs={end()} onEnd={() => void staff.refresh()} />
            </b>
          </p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void goOn()}>
              {isFinal() ? shellCopy().understood : shellCopy().stay}
            </button>
            <button type="button" class="btn plain" onClick={() => void staff.signOut()}>
              {ui().signOut}
            </button>
          </div>
        </Dialog>
      )}
    </Show>
  );
}
