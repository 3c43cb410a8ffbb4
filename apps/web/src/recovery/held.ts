import { createSignal } from 'solid-js';
import type { api } from '../api.ts';
import { nowShows } from '../drawn-from.ts';

/** A recovery on its way, as each of its steps answers it. */
export type Recovery = NonNullable<Awaited<ReturnType<typeof api.recovery.current.query>>>;

const [held, setHeld] = createSignal<Recovery>();

/** What the step before was answered, in memory only: a page that is opened by its address asks the server. */
export { held };

/** Whether the browser has brought the cookie back, so that it keeps cookies. */
let isKept = true;
export const isCookieKept = (): boolean => isKept;

/** Takes what a step was answered; `undefined` when the recovery is over. `isBegun` says that its cookie came with it. */
export function hold(now: Recovery | undefined, { isBegun = false } = {}): void {
  isKept = !isBegun;
  nowShows('recovery', now?.drawnFrom);
  setHeld(() => now);
}
