import { createSignal } from 'solid-js';

/** Differences below this are the network's; what is on the page is not drawn again for them. */
const noticedMs = 1_000;

const [aheadMs, setAheadMs] = createSignal(0);

/**
 * The server's time, in milliseconds. Phones are often minutes or years wrong, and what is counted down or
 * compared with today's date is the server's. What is drawn from it is drawn again when the difference is learnt.
 */
export const serverNow = (): number => Date.now() + aheadMs();

/** Learns the difference between the clocks from an answer's `x-server-time` (milliseconds). */
export function learnServerTime(headers: Headers): void {
  const serverMs = Number(headers.get('x-server-time') ?? Number.NaN);
  if (!Number.isFinite(serverMs)) return;
  const learntMs = serverMs - Date.now();
  if (Math.abs(learntMs - aheadMs()) >= noticedMs) setAheadMs(learntMs);
}
