import { onCleanup } from 'solid-js';
import { attempt } from '../form/refusals.ts';
import { lastActivityMs } from './session/activity.ts';

/** A case whose page shows no sign of work is free for a colleague after ten minutes; at work it is held on by the minute. */
const heartbeatMs = 60_000;

/**
 * Renews the lease of the case on this page while `isHeld` and somebody works at it, until the page goes. `onLost` is called
 * where the case turns out to be held no longer.
 */
export function useHeartbeat(
  isHeld: () => boolean,
  renew: () => Promise<unknown>,
  onLost: () => void,
): void {
  let beatMs = performance.now();
  const beat = async () => {
    if (!isHeld() || lastActivityMs() < beatMs) return;
    beatMs = performance.now();
    await attempt(renew, { 'desk.not_holder': onLost });
  };
  const timer = setInterval(() => void beat(), heartbeatMs);
  onCleanup(() => clearInterval(timer));
}
