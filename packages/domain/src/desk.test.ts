import { describe, expect, test } from 'vitest';
import { parseDecision, readSearch } from './desk.ts';
import { provinceOf } from './documents/index.ts';
import { caseNumberOf, groupCaseNumber } from './cases/number.ts';
import { reasonNoteMaxLength, type CaseReason } from './cases/reasons.ts';

const today = '2026-11-21';
const blurred: CaseReason = { code: 'photo_unclear', item: 'a', mark: null, note: null };
const wrongNumber: CaseReason = {
  code: 'number_mismatch',
  item: 'number',
  mark: null,
  note: null,
};

describe('T-CON-04: a decision as it is sent', () => {
  test('an approval says nothing more', () => {
    expect(parseDecision({ outcome: 'approve', reasons: [] })).toEqual({ ok: true, value: [] });
  });

  test.each(['reject', 'return'] as const)('to %s it takes a coded reason', (outcome) => {
    expect(parseDecision({ outcome, reasons: [blurred] })).toEqual({ ok: true, value: [blurred] });
    expect(parseDecision({ outcome, reasons: [] })).toEqual({
      ok: false,
      fields: { reasons: 'decision_reasons.missing' },
    });
  });

  test('what no page would send is none', () => {
    const none = { ok: false, fields: { reasons: 'input.shape' } };
    expect(parseDecision({ outcome: 'approve', reasons: [blurred] })).toEqual(none);
    expect(parseDecision({ outcome: 'reject', reasons: [blurred, blurred] })).toEqual(none);
    const misplaced: CaseReason = { ...blurred, item: 'number' };
    expect(parseDecision({ outcome: 'reject', reasons: [blurred, misplaced] })).toEqual(none);
  });

  test('what cannot be corrected within the request is rejected, not sent back', () => {
    const reasons = [blurred, wrongNumber];
    expect(parseDecision({ outcome: 'reject', reasons }).ok).toBe(true);
    expect(parseDecision({ outcome: 'return', reasons })).toEqual({
      ok: false,
      fields: { reasons: 'decision_reasons.not_returnable' },
    });
  });

  test('a sentence is cleaned; an empty one is none; its length is counted in characters', () => {
    const noted = (note: string) =>
      parseDecision({ outcome: 'reject', reasons: [{ ...blurred, note }] });
    expect(noted(' 看\u200b不清。\n')).toEqual({
      ok: true,
      value: [{ ...blurred, note: '看不清。' }],
    });
    expect(noted(' \u200b ')).toEqual({ ok: true, value: [blurred] });
    expect(noted('\u{20bb7}'.repeat(reasonNoteMaxLength)).ok).toBe(true);
    expect(noted('\u{20bb7}'.repeat(reasonNoteMaxLength + 1))).toEqual({
      ok: false,
      fields: { reasons: 'text.too_long' },
    });
  });
});

describe('T-CON-02: the one search field', () => {
  const caseNumber = caseNumberOf(Date.parse('2026-11-21T12:00:00+08:00'), '4827391');
  test.each([
    [groupCaseNumber(caseNumber), { by: 'caseNumber', value: caseNumber }],
    ['１１０１９９ 19950815 0119', { by: 'number', value: '110199199508150119' }],
    ['h1234567802', { by: 'number', value: 'H12345678' }],
    [' 古丽．买买提 ', { by: 'name', value: '古丽·买买提' }],
    ['110199199508150118', null],
    ['26112148273910', null],
    ['Anna Lee', { by: 'name', value: 'ANNA LEE' }],
    ['', null],
  ] as const)('%s', (typed, found) => {
    expect(readSearch(typed, today)).toEqual(found);
  });
});

test('T-CON-03: where a number was first given out', () => {
  expect(provinceOf('110199199508150119')?.zh).toBe('北京');
  expect(provinceOf('810000199408230021')?.zh).toBe('香港');
  expect(provinceOf('990000199408230021')).toBeNull();
  expect(provinceOf('H12345678')).toBeNull();
});
