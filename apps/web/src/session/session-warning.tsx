import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';
import { Countdown } from '../ui/blocks.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useSession } from './session.tsx';

const warnBeforeMs = 150_000;

/** Warns 150 s before an idle session ends, and lets the person go on with one press. */
export function SessionWarning() {
  const session = useSession();
  const [endsAtMs, setEndsAtMs] = createSignal<number>();
  createEffect(() => {
    setEndsAtMs(undefined);
    const current = session.current();
    if (current === null || current === undefined) return;
    // Lengths of time only: this device's clock may be wrong.
    const leftMs = current.endsAtMs - current.nowMs;
    const ends = Date.now() + leftMs;
    const timer = setTimeout(() => setEndsAtMs(ends), Math.max(0, leftMs - warnBeforeMs));
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show when={endsAtMs()}>
      {(ends) => (
        <Dialog title={ui().sessionTitle} onCancel={() => void session.refresh()}>
          <p>{ui().sessionText}</p>
          <p>
            <b>
              <Countdown endsAtMs={ends()} onEnd={() => location.reload()} />
            </b>
          </p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void session.refresh()}>
              {ui().sessionStay}
            </button>
            <button type="button" class="btn plain" onClick={() => void session.signOut()}>
              {ui().signOut}
            </button>
          </div>
        </Dialog>
      )}
    </Show>
  );
}
