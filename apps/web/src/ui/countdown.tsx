import { createSignal, onCleanup, onMount } from 'solid-js';
import { serverNow } from '../clock.ts';
import { formatDuration } from '../copy/spans.ts';
import { ui } from '../copy/ui.ts';

/**
 * Counts down to `endsAtMs` (the server's clock) and then calls `onEnd`. Seen every second; told to
 * screen readers every 30.
 */
export function Countdown(props: { endsAtMs: number; onEnd?(): void }) {
  const left = () => Math.max(0, props.endsAtMs - serverNow());
  const [shown, setShown] = createSignal(left());
  const [told, setTold] = createSignal(left());
  onMount(() => {
    const timer = setInterval(() => {
      const now = left();
      setShown(now);
      if (Math.ceil(now / 1000) % 30 === 0) setTold(now);
      if (now > 0) return;
      clearInterval(timer);
      props.onEnd?.();
    }, 1000);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <>
      <span aria-hidden="true">{formatDuration(shown())}</span>
      <span class="seen-by-readers" role="status">
        {ui().remaining(formatDuration(told()))}
      </span>
    </>
  );
}
