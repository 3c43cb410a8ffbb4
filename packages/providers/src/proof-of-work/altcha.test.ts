import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { assert, describe, expect, test } from 'vitest';
import { createProofOfWork } from './altcha.ts';
import type { ProofOfWorkChallenge } from './port.ts';

const SECRET = 'a made-up secret of 32 characters';
const EXPIRES_AT_MS = Date.UTC(2030, 0, 1);

const proofOfWork = createProofOfWork({ secrets: [SECRET], cost: 5 });

/** What the browser does. */
async function solve(challenge: ProofOfWorkChallenge) {
  const received: Challenge = JSON.parse(JSON.stringify(challenge));
  const solution = await solveChallenge({ challenge: received, deriveKey });
  assert(solution);
  return { challenge: received, solution };
}
const encode = (payload: unknown) => btoa(JSON.stringify(payload));
const verify = (payload: unknown, nowMs = EXPIRES_AT_MS - 1) =>
  proofOfWork.verify(encode(payload), nowMs);

const UNSOLVED = { isSolved: false, challengeId: '', note: '' };

describe('T-REG-11: proof of work, the way without dragging', () => {
  test('a solution is right until its challenge ends, and not after', async () => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    expect(await verify(payload)).toMatchObject({ isSolved: true });
    expect(await verify(payload, EXPIRES_AT_MS)).toEqual(UNSOLVED);
    expect(await verify(payload, EXPIRES_AT_MS + 1)).toEqual(UNSOLVED);
  });

  test('the end of a challenge is judged by the time given, not by the wall clock', async () => {
    const payload = await solve(await proofOfWork.create(1_000, 1, 'light'));
    expect(await verify(payload, 999)).toMatchObject({ isSolved: true });
  });

  test('a replay has the same challenge id, another challenge another one', async () => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    const { challengeId } = await verify(payload);
    expect(challengeId).toMatch(/^[0-9a-f]{32}$/);
    const again = { solution: { ...payload.solution, time: 1 }, challenge: payload.challenge };
    expect(await verify(again)).toEqual({ isSolved: true, challengeId, note: 'light' });
    const other = await verify(await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light')));
    expect(other.isSolved).toBe(true);
    expect(other.challengeId).not.toBe(challengeId);
  });

  test('takes as many times the work as its weight says, and comes back with its note', async () => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 8, 'heavy'));
    expect(payload.solution.counter).toBeGreaterThanOrEqual(800);
    expect(payload.solution.counter).toBeLessThanOrEqual(1_600);
    expect(await verify(payload)).toMatchObject({ isSolved: true, note: 'heavy' });
  });

  test('the prefix told to the browser is not the answer: another key with that prefix is refused', async () => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    const { keyPrefix } = payload.challenge.parameters;
    expect(payload.solution.derivedKey.startsWith(keyPrefix)).toBe(true);
    payload.solution.derivedKey = keyPrefix.padEnd(64, '0');
    expect(await verify(payload)).toEqual(UNSOLVED);
  });

  test.each([
    ['the expiry', { data: { expiresAtMs: EXPIRES_AT_MS + 1, note: 'light' } }],
    ['the note', { data: { expiresAtMs: EXPIRES_AT_MS, note: 'heavy' } }],
    ['the cost', { cost: 1 }],
    ['the prefix', { keyPrefix: '00' }],
    ['the nonce', { nonce: '00'.repeat(16) }],
  ])('a challenge tampered with in %s is refused', async (_what, change) => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    Object.assign(payload.challenge.parameters, change);
    expect(await verify(payload)).toEqual(UNSOLVED);
  });

  test('a challenge signed with another secret is refused', async () => {
    const stranger = createProofOfWork({ secrets: [`${SECRET}!`], cost: 5 });
    expect(await verify(await solve(await stranger.create(EXPIRES_AT_MS, 1, 'light')))).toEqual(
      UNSOLVED,
    );
  });

  test('a challenge signed with a former secret is taken while that one is listed', async () => {
    const before = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    const after = createProofOfWork({ secrets: [`${SECRET}!`, SECRET], cost: 5 });
    expect(await after.verify(encode(before), 0)).toMatchObject({ isSolved: true });
  });

  test('settings of the check that come with a payload are not heeded', async () => {
    const payload = await solve(await proofOfWork.create(EXPIRES_AT_MS, 1, 'light'));
    const settings = { hmacAlgorithm: 'x', counterMode: 'string', hmacKeySignatureSecret: '' };
    expect(await verify({ ...payload, ...settings })).toMatchObject({ isSolved: true });
  });

  test.each([
    '',
    'not base64!',
    btoa('not json'),
    encode(null),
    encode([]),
    encode({}),
    encode({ challenge: { parameters: null, signature: '' }, solution: {} }),
    encode({ challenge: { parameters: {}, signature: '00' } }),
    encode({ challenge: { parameters: { expiresAt: 'x' }, signature: 'é' }, solution: null }),
    'A'.repeat(1_000_000),
  ])('garbage is unsolved, not an error (%#)', async (solution) => {
    expect(await proofOfWork.verify(solution, 0)).toEqual(UNSOLVED);
  });
});
