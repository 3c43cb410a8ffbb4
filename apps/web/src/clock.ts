let aheadMs = 0;

/**
 * The server's time, in milliseconds. Phones are often minutes or years wrong, and what is counted down or
 * compared with today's date is the server's.
 */
export const serverNow = (): number => Date.now() + aheadMs;

/** Learns the difference between the clocks from an answer's `x-server-time` (milliseconds). */
export function learnServerTime(headers: Headers): void {
  const serverMs = Number(headers.get('x-server-time') ?? Number.NaN);
  if (Number.isFinite(serverMs)) aheadMs = serverMs - Date.now();
}
