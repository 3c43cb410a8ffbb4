import { describe, expect, test } from 'vitest';
import { caseNumberOf } from './cases/number.ts';
import { parseAccountCorrection, parseHelpDeskNote, readAccountSearch } from './help-desk.ts';

const today = '2026-11-21';

describe('T-CON-08: what an account is searched for by', () => {
  test.each([
    ['110199 19950815 0119', 'number', '110199199508150119'],
    [caseNumberOf(Date.UTC(2026, 10, 21), '1234567'), 'caseNumber', null],
    ['199 0000 0001', 'mobile', '19900000001'],
    ['Someone@Example.com', 'email', 'Someone@example.com'],
    ['林知远', 'name', '林知远'],
  ] as const)('%s', (typed, by, value) => {
    expect(readAccountSearch(typed, today)).toEqual({ by, value: value ?? typed });
  });

  test.each(['', '  ', '123', "' or 1=1 --"])('nothing in %j', (typed) => {
    expect(readAccountSearch(typed, today)).toBeNull();
  });
});

describe('X-01: the written reason names nobody', () => {
  test.each(['来电号码19900000001', '尾号 1 2 3 4 5', '邮箱是 a@b.cn', '来电人是林知远本人'])(
    '%s',
    (note) => {
      expect(parseHelpDeskNote(note, ['林知远', ''])).toEqual({
        ok: false,
        code: 'help_desk_note.personal',
      });
    },
  );

  test('it says something, and no more than fits', () => {
    expect(parseHelpDeskNote(' 核对 ')).toMatchObject({ code: 'help_desk_note.missing' });
    expect(parseHelpDeskNote('长'.repeat(501))).toMatchObject({ code: 'text.too_long' });
    expect(parseHelpDeskNote('核对来电人，工单 1234', ['林知远'])).toMatchObject({ ok: true });
  });
});

describe('T-CON-08: a correction as typed', () => {
  const evidence = '看过身份证原件';
  test('is read as the pages of the person read it', () => {
    expect(parseAccountCorrection({ kind: 'name', value: '林 知遥', evidence })).toEqual({
      ok: true,
      value: { value: '林知遥', evidence },
    });
    expect(
      parseAccountCorrection({ kind: 'mobile', value: '+86 199-0000-0002', evidence }),
    ).toEqual({
      ok: true,
      value: { value: '19900000002', evidence },
    });
  });

  test('every refusal is told at once', () => {
    expect(parseAccountCorrection({ kind: 'email', value: 'x', evidence: '' })).toEqual({
      ok: false,
      fields: { value: 'email.format', evidence: 'evidence.missing' },
    });
  });
});
