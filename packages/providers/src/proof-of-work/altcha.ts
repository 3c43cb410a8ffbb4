import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Payload } from 'altcha-lib/types';
import { member } from '../json.ts';
import type { ProofOfWork } from './port.ts';

// The browser tries counters from 0 up to the one chosen here: at most twice the least work, so that no
// person waits much longer than another.
const LEAST_TRIES = 100;
const MOST_TRIES = 200;

const PBKDF2_ITERATIONS = 5_000;

// A payload is about 700 characters long.
const MAX_PAYLOAD_LENGTH = 4_096;

const UNSOLVED = { isSolved: false, challengeId: '', note: '' };

function parsePayload(solution: string): Payload | null {
  if (solution.length > MAX_PAYLOAD_LENGTH) return null;
  try {
    const payload: unknown = JSON.parse(atob(solution));
    const challenge = member(payload, 'challenge');
    const isPayload =
      typeof member(challenge, 'signature') === 'string' &&
      typeof member(challenge, 'parameters') === 'object' &&
      member(challenge, 'parameters') !== null;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `verifySolution` first looks whether we signed it
    return isPayload ? (payload as Payload) : null;
  } catch {
    return null;
  }
}

/**
 * Proof of work by the altcha protocol, version 2: the browser repeats PBKDF2/SHA-256 of the challenge with
 * rising counters until it meets the key that the server derived from a counter of its choice. Verifying costs two HMACs.
 *
 * @param options.secrets Sign challenges; at least 32 unpredictable characters each. The first signs new ones.
 * @param options.cost PBKDF2 iterations a try. The browser needs 100 to 200 tries for each unit of weight.
 * @see https://altcha.org/docs/v2/
 */
export function createProofOfWork({
  secrets: all,
  cost = PBKDF2_ITERATIONS,
}: {
  secrets: readonly string[];
  cost?: number;
}): ProofOfWork {
  const pairs = all.map((secret) => ({
    hmacSignatureSecret: `challenge:${secret}`,
    hmacKeySignatureSecret: `key:${secret}`,
  }));
  const [current] = pairs;
  if (current === undefined) throw new Error('proof of work: no secret');

  return {
    async create(expiresAtMs, weight, note) {
      const challenge = await createChallenge({
        ...current,
        algorithm: 'PBKDF2/SHA-256',
        cost,
        // More tries, not more iterations: the server makes one key, whatever the weight.
        counter: randomInt(MOST_TRIES * weight, LEAST_TRIES * weight),
        // altcha's own `expiresAt` is compared with the wall clock, in seconds.
        data: { expiresAtMs, note },
        deriveKey,
      });
      return { ...challenge };
    },

    async verify(encoded, nowMs) {
      const payload = parsePayload(encoded);
      if (payload === null) return UNSOLVED;
      const { challenge, solution } = payload;
      let isVerified = false;
      for (const pair of pairs) {
        const { verified } = await verifySolution({ ...pair, challenge, solution, deriveKey });
        isVerified ||= verified;
      }
      if (!isVerified) return UNSOLVED;
      const { data, nonce } = challenge.parameters;
      const isSolved = nowMs < Number(data?.['expiresAtMs']);
      return isSolved ? { isSolved, challengeId: nonce, note: String(data?.['note']) } : UNSOLVED;
    },
  };
}
