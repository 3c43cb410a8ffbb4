import { expect, test } from 'vitest';
import { parseTravelPermitNumber } from './travel-permit.ts';

test.each([
  ['hong_kong', 'H00367998', 'H00367998', []],
  ['macao', 'm87654321', 'M87654321', []],
  ['taiwan', '1234 5678', '12345678', []],
  ['hong_kong', 'H1234567801', 'H12345678', ['renewal_digits_dropped']],
  ['macao', 'M8765432102', 'M87654321', ['renewal_digits_dropped']],
  ['taiwan', '1234567801', '12345678', ['renewal_digits_dropped']],
] as const)('T-PRO-02: 通行证号码 of %s %j is read', (region, typed, value, notices) => {
  expect(parseTravelPermitNumber(region, typed)).toEqual({ ok: true, value, notices });
});

test.each([
  ['hong_kong', '', 'missing'],
  ['hong_kong', 'M87654321', 'format'],
  ['macao', 'H12345678', 'format'],
  ['taiwan', 'H12345678', 'format'],
  ['taiwan', '123456789', 'format'],
] as const)('T-PRO-02: 通行证号码 of %s %j is refused: %s', (region, typed, reason) => {
  expect(parseTravelPermitNumber(region, typed)).toEqual({
    ok: false,
    code: `travel_permit_number.${reason}`,
  });
});

test.each([
  ['hong_kong', 'H12345678'],
  ['macao', 'M12345678'],
  ['taiwan', '12345678'],
] as const)('T-PRO-02: 通行证号码 of %s is all of what is typed', (region, number) => {
  for (const typed of [`A${number}`, `${number}A`, `${number}0`, `${number}012`, `${number}0A`]) {
    expect(parseTravelPermitNumber(region, typed).ok).toBe(false);
  }
});
