import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseNumberOf } from './cases/number.ts';
import {
  type NumberClaimFacts,
  numberClaimStatuses,
  numberClaimStep,
  parseSignInNumber,
} from './number-claims.ts';
import { teacherPortal } from './portals/index.ts';

const open: NumberClaimFacts = {
  status: 'open',
  objectedAtMs: null,
  objectUntilMs: null,
  isHeld: true,
  isClaimantClosed: false,
  isHolderVerified: false,
  isHolderSuspended: false,
  isClaimantVerified: false,
  isVouched: false,
};
const noticed: NumberClaimFacts = {
  ...open,
  status: 'noticed',
  objectUntilMs: 100,
  isClaimantVerified: true,
};

test.each([
  ['nothing is proved', open, null],
  ['the claimant is verified', { ...open, isClaimantVerified: true }, 'notify'],
  ['a classmate has confirmed the claimant', { ...open, isVouched: true }, 'notify'],
  ['the holder is verified, too', { ...open, isVouched: true, isHolderVerified: true }, null],
  [
    'the classmate takes it back',
    { ...noticed, isClaimantVerified: false, isVouched: false },
    'dispute',
  ],
  [
    'nobody has objected to a classmate in time',
    { ...noticed, isClaimantVerified: false, isVouched: true, objectUntilMs: 50 },
    'move',
  ],
  ['the holder alone is verified', { ...open, isHolderVerified: true }, null],
  ['both are verified', { ...open, isHolderVerified: true, isClaimantVerified: true }, null],
  ['the holder has objected before', { ...open, isClaimantVerified: true, objectedAtMs: 1 }, null],
  ['the number is free', { ...open, isHeld: false }, 'move'],
  ['the claimant has closed the account', { ...noticed, isClaimantClosed: true }, 'withdraw'],
  ['there is time to object', noticed, null],
  ['nobody has objected in time', { ...noticed, objectUntilMs: 50 }, 'move'],
  ['the holder objects', { ...noticed, objectedAtMs: 49 }, 'dispute'],
  ['the holder is verified in time', { ...noticed, isHolderVerified: true }, 'dispute'],
  ['the holder is suspended', { ...open, isClaimantVerified: true, isHolderSuspended: true }, null],
  ['the holder is suspended in time', { ...noticed, isHolderSuspended: true }, 'dispute'],
  ['what the claimant proved is revoked', { ...noticed, isClaimantVerified: false }, 'dispute'],
  ['reviewers decide', { ...noticed, status: 'in_review', objectUntilMs: 0 }, null],
  ['it has ended', { ...noticed, status: 'refused', isHeld: false }, null],
] as const)('T-REG-16a: %s', (_, facts, step) => {
  expect(numberClaimStep(facts, 50)).toBe(step);
});

const facts = fc.record({
  status: fc.constantFrom(...numberClaimStatuses),
  objectedAtMs: fc.option(fc.nat(100)),
  objectUntilMs: fc.option(fc.nat(100)),
  isHeld: fc.boolean(),
  isClaimantClosed: fc.boolean(),
  isHolderVerified: fc.boolean(),
  isHolderSuspended: fc.boolean(),
  isClaimantVerified: fc.boolean(),
  isVouched: fc.boolean(),
});

test('no number moves from a holder who was verified, who is suspended, who has objected, or who still has time', () => {
  fc.assert(
    fc.property(facts, fc.nat(100), (each, nowMs) => {
      if (numberClaimStep(each, nowMs) !== 'move' || !each.isHeld) return;
      expect(each).toMatchObject({
        status: 'noticed',
        isHolderVerified: false,
        isHolderSuspended: false,
        objectedAtMs: null,
      });
      expect(each.isClaimantVerified || each.isVouched).toBe(true);
      expect(nowMs).toBeGreaterThanOrEqual(each.objectUntilMs ?? 0);
    }),
  );
});

const read = (typed: string) => parseSignInNumber(typed, '2026-11-21', teacherPortal);
test('a claim signs in with its own number, everybody else with that of the document, in the form in which it is looked for', () => {
  const claimed = caseNumberOf(Date.parse('2026-11-21T12:00:00+08:00'), '4827391');
  expect(read(` ${claimed.slice(0, 6)}-${claimed.slice(6)}`)).toMatchObject({
    ok: true,
    value: { number: claimed, key: claimed, isClaim: true },
  });
  const number = '110199199508150127';
  expect(read('110199 19950815 0127')).toMatchObject({
    ok: true,
    value: { number, key: number, isClaim: false },
  });
  expect(read('H1234567801')).toMatchObject({ value: { key: 'H12345678', isClaim: false } });
  expect(read('13900000082')).toMatchObject({ ok: false, code: 'document_number.format' });
});
