import { Buffer } from 'node:buffer';
import { pbkdf2Sync } from 'node:crypto';

/** Solves an altcha challenge as a browser does: PBKDF2 over rising counters until the key begins as told. */
export function solveWork(challenge: Record<string, unknown>): string {
  const { nonce, salt, cost, keyPrefix } = challenge['parameters'] as Record<string, string>;
  for (let counter = 0; counter < 10_000; counter += 1) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const password = Buffer.concat([Buffer.from(nonce ?? '', 'hex'), count]);
    const derivedKey = pbkdf2Sync(
      password,
      Buffer.from(salt ?? '', 'hex'),
      Number(cost),
      32,
      'sha256',
    ).toString('hex');
    if (derivedKey.startsWith(keyPrefix ?? '-')) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time: 1 } }));
    }
  }
  throw new Error('the challenge has no solution');
}
