import type { SmsResult } from './port.ts';

type Outcome = SmsResult['outcome'];

/**
 * Reads a gateway's code by the first rule whose pattern it matches. A code that no rule knows is the
 * gateway refusing our request as such, and the same for every number: `misconfigured`.
 */
export function outcomeOf(code: string, rules: readonly (readonly [RegExp, Outcome])[]): Outcome {
  return rules.find(([pattern]) => pattern.test(code))?.[1] ?? 'misconfigured';
}

/** Codes that `exchange` and its callers give when the gateway gave none. */
export const NO_ANSWER = /^(?:timeout|network_error|malformed_answer|http_\d+)$/;
