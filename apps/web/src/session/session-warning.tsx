import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { lastAnswerAtMs } from '../api.ts';
import { serverNow } from '../clock.ts';
import { ui } from '../copy/ui.ts';
import { Countdown } from '../ui/blocks.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { signInPath } from './next.ts';
import { useSession } from './session.tsx';

const warnBeforeMs = 150_000;

/** Warns 150 s before an idle session ends, and lets the person go on with one press. */
export function SessionWarning() {
  const session = useSession();
  const [warnedUntilMs, setWarnedUntilMs] = createSignal<number>();
  let toldAtMs = 0;
  let toldEndMs: number | undefined;
  createEffect(() => {
    setWarnedUntilMs(undefined);
    const endsAtMs = session.current()?.endsAtMs;
    if (endsAtMs === undefined) return;
    if (endsAtMs !== toldEndMs) {
      toldEndMs = endsAtMs;
      toldAtMs = serverNow();
    }
    // Every answer since then has put the end off by as much.
    const end = endsAtMs + Math.max(0, lastAnswerAtMs() - toldAtMs);
    const leftMs = end - serverNow();
    // A session that was alive a moment ago cannot have ended: the clocks have not been compared yet.
    if (leftMs <= 0) return;
    const timer = setTimeout(() => setWarnedUntilMs(end), Math.max(0, leftMs - warnBeforeMs));
    onCleanup(() => clearTimeout(timer));
  });
  const end = async () => {
    await session.refresh();
    if (session.current() !== null) return;
    // A new page, so that nothing of the person stays in this one.
    location.assign(signInPath(location.pathname + location.search, true));
  };
  return (
    <Show when={warnedUntilMs()}>
      {(until) => (
        <Dialog title={ui().sessionTitle} onCancel={() => void session.extend()}>
          <p>{ui().sessionText}</p>
          <p>
            <b>
              <Countdown endsAtMs={until()} onEnd={() => void end()} />
            </b>
          </p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void session.extend()}>
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
