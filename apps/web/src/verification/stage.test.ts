import { verificationOutcomes } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { lastOutcome, resultPage, verificationStage, type VerificationView } from './stage.ts';

const nowMs = Date.UTC(2026, 10, 21, 4);

const view = (changes: Partial<VerificationView> = {}): VerificationView => ({
  level: 2,
  proved: null,
  isProfileComplete: true,
  documentType: 'resident_identity_card',
  birthDate: '1995-08-15',
  maskedNumber: '11**************27',
  maskedTravelPermitNumber: null,
  name: '古丽·买买提',
  validity: { start: '2019-12-24', end: '2029-12-24', term: 10 },
  checks: 'four_factors',
  isUnderReview: false,
  perDay: 3,
  remainingToday: 3,
  resumesAtMs: nowMs + 1,
  attempts: [],
  ...changes,
});
const asked = (status: VerificationView['attempts'][number]['status'], agoMs = 1_000) => ({
  attempts: [{ id: 'a', askedAtMs: nowMs - agoMs, status, isCounted: true }],
});
const stage = (changes: Partial<VerificationView>, isChanging = false) =>
  verificationStage(view(changes), nowMs, isChanging);

describe('what the verification page is about', () => {
  test('T-VER-01: somebody who is not verified gets the form', () => {
    expect(stage({})).toBe('open');
    expect(stage(asked('mismatched'))).toBe('open');
  });

  test('T-VER-02: when the tries are used up there is no form', () => {
    expect(stage({ remainingToday: 0 })).toBe('used_up');
    expect(stage({ level: 3, remainingToday: 0 }, true)).toBe('used_up');
  });

  test('T-VER-03: a document that no authority checks gets no form, however many tries are left', () => {
    expect(stage({ checks: 'none' })).toBe('no_authority');
    expect(stage({ checks: 'none', remainingToday: 0 })).toBe('no_authority');
    expect(stage({ checks: 'none', level: 3 })).toBe('verified');
  });

  test('T-REV-04: while a manual review is on its way there is no form, whatever the state', () => {
    expect(stage({ isUnderReview: true })).toBe('under_review');
    expect(stage({ isUnderReview: true, checks: 'none' })).toBe('under_review');
    expect(stage({ isUnderReview: true }, true)).toBe('under_review');
  });

  test('T-VER-06: somebody verified sees that, and the form only to change something', () => {
    expect(stage({ level: 3 })).toBe('verified');
    expect(stage({ level: 3, remainingToday: 0 })).toBe('verified');
    expect(stage({ level: 3 }, true)).toBe('open');
  });

  test('a question that is still out is waited for after a reload, but not for ever', () => {
    expect(stage(asked('asked'))).toBe('asking');
    expect(stage({ level: 3, ...asked('asked') })).toBe('asking');
    expect(stage(asked('asked', 60_000))).toBe('open');
    expect(lastOutcome(view(asked('asked')))).toBeUndefined();
    expect(lastOutcome(view(asked('no_record')))).toBe('no_record');
    expect(lastOutcome(view())).toBeUndefined();
  });
});

describe('which page tells of an outcome', () => {
  test('T-VER-05, T-VER-07: the word about the person is told apart from a fault', () => {
    expect(
      Object.fromEntries(verificationOutcomes.map((each) => [each, resultPage(each)])),
    ).toEqual({
      matched: 'success',
      mismatched: 'explanation',
      no_record: 'explanation',
      refused_input: 'refused',
      unavailable: 'unavailable',
    });
  });
});
