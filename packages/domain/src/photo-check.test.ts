import { describe, expect, test } from 'vitest';
import { diplomaPhotoProblems, isRefusedFor, isWindowOpen, parseDispute } from './photo-check.ts';

const typed = { reason: 'field_wrong', field: 'name', value: ' 古丽·买买提 ', note: '' } as const;

describe('S-REC-02: what a person finds wrong', () => {
  test('a field with what would be right; of the other reasons no field', () => {
    expect(parseDispute(typed)).toEqual({
      ok: true,
      value: { reason: 'field_wrong', field: 'name', value: '古丽·买买提', note: null },
    });
    expect(parseDispute({ ...typed, reason: 'other_person', note: '和同学互换' })).toEqual({
      ok: true,
      value: { reason: 'other_person', field: null, value: null, note: '和同学互换' },
    });
  });

  test.each([
    [{ field: null }, { field: 'dispute_field.missing' }],
    [{ value: '  ' }, { value: 'dispute_value.missing' }],
    [{ value: '长'.repeat(41) }, { value: 'text.too_long' }],
    [{ field: null, value: ' ' }, { field: 'dispute_field.missing' }],
    [{ note: '长'.repeat(201) }, { note: 'text.too_long' }],
  ])('%j is refused', (change, fields) => {
    expect(parseDispute({ ...typed, ...change })).toEqual({ ok: false, fields });
  });

  test('a value of 40 characters and a note of 200 are taken', () => {
    const longest = { value: '\u{20bb7}'.repeat(40), note: '\u{20bb7}'.repeat(200) };
    expect(parseDispute({ ...typed, ...longest })).toMatchObject({ ok: true, value: longest });
  });
});

describe('S-REC-02a: the window, both days of which belong to it', () => {
  const window = { opensOn: '2026-11-01', closesOn: '2027-03-31' };
  test.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2027-03-31', true],
    ['2027-04-01', false],
  ])('%s: %s', (today, isOpen) => expect(isWindowOpen(window, today)).toBe(isOpen));

  test('without days it never opens', () => {
    expect(isWindowOpen({ opensOn: '', closesOn: '' }, '2026-11-21')).toBe(false);
  });
});

describe('S-REC-02a: a photo for a diploma', () => {
  const right = {
    isJpeg: true,
    width: 480,
    height: 640,
    bytes: 20_480,
    background: [100, 197, 255],
  } as const;
  test.each([
    [{}, [], false],
    [{ background: [67, 142, 219] }, ['background'], false],
    [{ background: [140, 157, 255] }, [], false],
    [{ background: [141, 197, 255] }, ['background'], false],
    [{ bytes: 20_479 }, ['too_small'], true],
    [{ bytes: 307_200 }, [], false],
    [{ bytes: 307_201 }, ['too_large'], true],
    [{ width: 481 }, ['pixels'], true],
    [{ height: 639 }, ['pixels'], true],
    [{ isJpeg: false, background: [60, 197, 255] }, ['type'], true],
    [{ isJpeg: false, background: [59, 197, 255] }, ['type', 'background'], true],
    [{ isJpeg: false }, ['type'], true],
  ] as const)('%j: %j', (change, problems, isRefused) => {
    const found = diplomaPhotoProblems({ ...right, ...change });
    expect(found).toEqual(problems);
    expect(isRefusedFor(found)).toBe(isRefused);
  });
});
