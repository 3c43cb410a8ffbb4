import { expect, test } from 'vitest';
import { levelOf, lookAtEnd, provedOf, runsOutAtMs } from './attestation.ts';
import { isVerified, levels, meetsLevel } from './levels.ts';

const at = (instant: string) => Date.parse(`${instant}+08:00`);
const untilMs = runsOutAtMs('2026-12-31') ?? 0;

test('a document is valid on its last day, by the clock of Shanghai', () => {
  expect(untilMs).toBe(at('2027-01-01T00:00'));
  expect(runsOutAtMs(null)).toBeNull();
});

test.each([
  [null, '2026-11-21T12:00', null, null],
  [untilMs, '2026-11-21T12:00', null, '2026-12-02T00:00'],
  [untilMs, '2026-12-02T00:00', 'document_ends_soon', '2026-12-31T00:00'],
  [untilMs, '2026-12-31T00:00', 'document_ends', '2027-01-01T00:00'],
  [untilMs, '2027-01-01T00:00', 'document_ends', null],
  // Found late, it is told once.
  [untilMs, '2027-03-01T00:00', 'document_ends', null],
] as const)('of what ends at %s, at %s: %s, and the next look at %s', (until, now, tell, next) => {
  expect(lookAtEnd(until, at(now))).toEqual({ tell, lookAtMs: next && at(next) });
});

test('the level is that of the attestation, by whom it says, and 2 without one', () => {
  const attested = {
    id: 'a',
    kind: 'manual_review',
    level: 3,
    sourceId: 'c',
    atMs: 5,
    untilMs: 9,
  } as const;
  const known = { hasIdentity: true, hasProvedContact: false };
  expect(levelOf(null, known)).toBe(2);
  expect(levelOf(attested, known)).toBe(3);
  expect(levelOf(null, { hasIdentity: false, hasProvedContact: true })).toBe(1);
  expect(levelOf(null, { hasIdentity: false, hasProvedContact: false })).toBe(0);
  expect(provedOf(null)).toBeNull();
  expect(provedOf(attested)).toEqual({ by: 'review', atMs: 5, untilMs: 9 });
  expect(provedOf({ ...attested, kind: 'four_factors' })).toMatchObject({ by: 'authority' });
  expect(provedOf({ ...attested, kind: 'face' })).toMatchObject({ by: 'face' });
});

test('who is verified, and what a level is enough for', () => {
  expect(levels.filter((level) => isVerified({ level }))).toEqual([3, 4]);
  expect(levels.filter((level) => meetsLevel(level, 2))).toEqual([2, 3, 4]);
});
