import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { lastAnswerAtMs } from '../api.ts';
import { serverNow } from '../clock.ts';
import { fetchWords } from '../copy/language.ts';
import { signInPath } from './next.ts';
import type { SessionDialog } from './session-dialog.tsx';
import { useSession } from './session.tsx';
import { addressOf, usePortal } from '../portal.ts';

const warnBeforeMs = 150_000;

/** Warns 150 s before an idle session ends, and lets the person go on with one press. */
export function SessionWarning() {
  const session = useSession();
  const [warning, setWarning] = createSignal<{ end: number; Dialog: typeof SessionDialog }>();
  let toldAtMs = 0;
  let toldEndMs: number | undefined;
  createEffect(() => {
    setWarning(undefined);
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
    let isCurrent = true;
    const warn = async () => {
      // After a release it may be gone: then the session ends without a warning.
      const loaded = await import('./session-dialog.tsx').catch(() => undefined);
      await fetchWords();
      if (loaded !== undefined && isCurrent) setWarning({ end, Dialog: loaded.SessionDialog });
    };
    const timers = [
      setTimeout(() => void warn(), Math.max(0, leftMs - warnBeforeMs)),
      setTimeout(() => void leave(), leftMs + 1_000),
    ];
    onCleanup(() => {
      isCurrent = false;
      for (const timer of timers) clearTimeout(timer);
    });
  });
  const leave = async () => {
    await session.refresh();
    if (session.current() !== null) return;
    // A new page, so that nothing of the person stays in this one.
    const here = location.pathname.slice(usePortal().prefix.length) || '/';
    location.assign(addressOf(signInPath(here + location.search, true)));
  };
  return (
    <Show when={warning()}>{(shown) => <>{shown().Dialog({ endsAtMs: shown().end })}</>}</Show>
  );
}
