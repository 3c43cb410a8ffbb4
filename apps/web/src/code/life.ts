import { onEach } from '../form/refusals.ts';
import { serverNow } from '../clock.ts';

/** A code on its way, as the server tells it; times are the server's, in milliseconds. */
export type SentCode = {
  expiresAtMs: number;
  /** From when on another one can be sent. */
  nextAtMs: number;
  triesLeft: number;
};

/** Why a code can no longer be right. */
export type Death = 'code.expired' | 'code.tries_used_up';

/** A code that the server no longer has is one that has expired. */
export function whyDead(code: SentCode | null): Death | null {
  if (code === null || code.expiresAtMs <= serverNow()) return 'code.expired';
  return code.triesLeft === 0 ? 'code.tries_used_up' : null;
}

/** Refusals after which a new code is needed. */
export const onDeath = (die: (why: Death) => void) =>
  onEach(['code.expired', 'code.tries_used_up'], ({ code }: { code: Death }) => die(code));

/** What became of a message, and the code that there is now. */
export type Delivery = {
  outcome: 'sent' | 'refused' | 'unavailable';
  remainingToday: number;
  code: SentCode | null;
};
