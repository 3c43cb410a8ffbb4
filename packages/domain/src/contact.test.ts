import { describe, expect, test } from 'vitest';
import {
  parseCodeAnswers,
  parseContactAnswers,
  parseContactChange,
  parseUndoCode,
  undoCodeBytes,
  undoCodeOf,
} from './contact.ts';
import { businessPortal, studentPortal, teacherPortal } from './portals/index.ts';

describe('T-REG-09, T-REG-10, S-REG-01: the contacts that a portal asks for', () => {
  const both = { email: 'nova@example.org', mobile: '19900000077' };

  test('are all of its kinds', () => {
    expect(parseContactAnswers(both, teacherPortal)).toEqual({ ok: true, value: both });
    expect(parseContactAnswers(both, businessPortal)).toEqual({
      ok: true,
      value: { ...both, email: '' },
    });
    expect(parseContactAnswers({ email: '', mobile: '' }, teacherPortal)).toEqual({
      ok: false,
      fields: { email: 'email.missing', mobile: 'mobile.missing' },
    });
  });

  test('are the first that was given where it asks for one', () => {
    expect(parseContactAnswers({ ...both, mobile: 'x' }, studentPortal)).toEqual({
      ok: true,
      value: { email: 'nova@example.org', mobile: '' },
    });
    expect(parseContactAnswers({ ...both, email: ' ' }, studentPortal)).toEqual({
      ok: true,
      value: { email: '', mobile: '19900000077' },
    });
    expect(parseContactAnswers({ email: ' ', mobile: '' }, studentPortal)).toEqual({
      ok: false,
      fields: { email: 'email.missing' },
    });
  });
});

test.for([
  ['４02 918', '402918'],
  ['40291837', '40291837'],
  ['4029183', 'code.format'],
  ['a02918', 'code.format'],
  ['40291a', 'code.format'],
  [' - ', 'code.missing'],
] as const)(
  'T-REG-12: the code "%s", which either kind may have brought, is %s',
  ([code, read]) => {
    const parsed = parseCodeAnswers({ code }, { digits: 6 }, { digits: 8 });
    expect(parsed.ok ? parsed.value.code : parsed.fields['code']).toBe(read);
  },
);

describe('T-PRO-05: a new contact', () => {
  test.for([
    ['mobile', ' 199 0000 0077 ', '19900000077'],
    ['email', 'Nova＠EXAMPLE.org', 'Nova@example.org'],
  ] as const)('%s "%s" is taken as %s', ([kind, value, taken]) => {
    expect(parseContactChange({ kind, value }, teacherPortal)).toEqual({
      ok: true,
      value: { value: taken },
    });
  });

  test.for([
    ['mobile', '', 'mobile.missing'],
    ['mobile', 'nova@example.org', 'mobile.format'],
    ['email', '19900000077', 'email.format'],
  ] as const)('%s "%s" is refused with %s', ([kind, value, code]) => {
    expect(parseContactChange({ kind, value }, teacherPortal)).toEqual({
      ok: false,
      fields: { value: code },
    });
  });
});

describe('T-PRO-05: the code that takes a change back', () => {
  test('is twelve characters that are read as no other, of 60 bits', () => {
    const all = undoCodeOf(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(new Set(all).size).toBe(32);
    // Every character as often as every other.
    for (const character of new Set(all)) expect(all.split(character)).toHaveLength(9);
    expect(all).not.toMatch(/[ILOU]/);
    expect(undoCodeOf(new Uint8Array(undoCodeBytes))).toBe('000000000000');
  });

  test.for([
    '7KQ2M9ZX4TB1',
    '7kq2m9zx4tb1',
    '7KQ2 M9ZX-4TBI',
    '７ＫＱ２Ｍ９ＺＸ４ＴＢｌ',
    '\u200b7KQ2M9ZX4TBL ',
  ])('is taken as typed: "%s"', (typed) => {
    expect(parseUndoCode(typed)).toMatchObject({ ok: true, value: '7KQ2M9ZX4TB1' });
  });

  test('the letter O is the digit', () => {
    expect(parseUndoCode('OooO00000000')).toMatchObject({ ok: true, value: '000000000000' });
  });

  test.for([
    ['', 'undo_code.missing'],
    [' - ', 'undo_code.missing'],
    ['7KQ2M9ZX4TB', 'undo_code.format'],
    ['7KQ2M9ZX4TB12', 'undo_code.format'],
    ['U7KQ2M9ZX4TB1', 'undo_code.format'],
    ['7KQ2M9ZX4TBU', 'undo_code.format'],
    ['7KQ2M9ZX4TBſ', 'undo_code.format'],
    ['7KQ2M9ZX4TB.', 'undo_code.format'],
  ] as const)('"%s" is refused with %s', ([typed, code]) => {
    expect(parseUndoCode(typed)).toEqual({ ok: false, code });
  });
});
