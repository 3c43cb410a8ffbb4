import type { AuthorityAnswer, IdentityAuthority } from './port.ts';

/**
 * Spares people the wait for a source that is down. After `failures` answers of `source_unavailable` in a row
 * the authority is left alone for `openMs`: everybody is told `source_unavailable` (`rawCode` `circuit_open`)
 * at once. Then one caller's question goes through, and its answer closes the circuit or opens it again.
 * What it knows is one isolate's own: it makes waiting shorter and limits nothing.
 */
export function withCircuit(
  authority: IdentityAuthority,
  { now, failures, openMs }: { now: () => number; failures: number; openMs: number },
): IdentityAuthority {
  let failuresInRow = 0;
  let openUntilMs = 0;
  let lastFailure: AuthorityAnswer | null = null;

  return {
    async checkIdentity(query) {
      if (lastFailure !== null && failuresInRow >= failures) {
        if (now() < openUntilMs) {
          return { ...lastFailure, rawCode: 'circuit_open', requestId: null };
        }
        // This caller tries; those who come meanwhile find the circuit still open.
        openUntilMs = now() + openMs;
      }
      const answer = await authority.checkIdentity(query);
      if (answer.result === 'source_unavailable') {
        failuresInRow += 1;
        lastFailure = answer;
        openUntilMs = now() + openMs;
      } else {
        failuresInRow = 0;
      }
      return answer;
    },
  };
}
