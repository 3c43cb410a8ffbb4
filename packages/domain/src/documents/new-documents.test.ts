import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskNumber } from '../mask.ts';
import { studentPortal, teacherPortal } from '../portals/index.ts';
import { icaoCheck } from './icao.ts';
import {
  checkCharacter,
  documentOf,
  documentTypeOf,
  documentTypes,
  type DocumentType,
  groupNumber,
  numberKey,
  parseDocumentNumber,
  parseEarlierNumber,
  parseName,
} from './index.ts';

const today = '2026-11-21';

const read = (type: DocumentType, typed: string, portal = studentPortal) => {
  const parsed = parseDocumentNumber(type, typed, today, portal);
  return parsed.ok ? parsed.value.number : parsed.code.replace('document_number.', '');
};

describe('S-NAM-02: 身份证 numbers of 15 digits', () => {
  test.each([
    ['110199050301001', '11019919050301001X'],
    ['110199 850615 003', '110199198506150030'],
    ['110105491231002', '11010519491231002X'],
    ['110199000229001', 'birth_date'],
    ['990199850615003', 'region'],
    // Sequences of people born before 1900.
    ['110199801231997', 'length_15'],
    ['110199170506996', 'length_15'],
  ])('%s becomes %s', (typed, number) => {
    expect(read('resident_identity_card', typed)).toBe(number);
  });

  test('the change is said, and a portal that does not take them asks for the 18', () => {
    expect(
      parseDocumentNumber('resident_identity_card', '110199850615003', today, studentPortal),
    ).toMatchObject({ notices: ['number_lengthened'], value: { birthDate: '1985-06-15' } });
    expect(read('resident_identity_card', '110199850615003', teacherPortal)).toBe('length_15');
    expect(read('hmt_residence_permit', '810000850615003')).toBe('length_15');
  });
});

describe('ICAO 9303', () => {
  test.each([
    ['L898902C3', '6'],
    ['740812', '2'],
    ['120415', '9'],
    ['ZE184226B<<<<<', '1'],
    ['E12345678', '2'],
    ['EA1234567', '6'],
    ['K12345678', '4'],
    ['MA1234567', '2'],
  ])('the check digit of %s is %s', (text, digit) => {
    expect(icaoCheck(text)).toBe(digit);
  });
});

describe('passport', () => {
  test.each([
    ['E12345678', 'E12345678'],
    ['ea 1234567', 'EA1234567'],
    ['G12345678', 'G12345678'],
    ['DE1234567', 'DE1234567'],
    ['MA1234567', 'MA1234567'],
    ['L898902C3', 'L898902C3'],
    ['A123', 'format'],
    ['张三12345', 'format'],
    ['E123456782', 'E12345678'],
    ['E123456783', 'E123456783'],
  ])('%s is read as %s', (typed, number) => {
    expect(read('passport', typed)).toBe(number);
  });

  test('the check digit of the line for machines is cut off, with a notice', () => {
    expect(parseDocumentNumber('passport', 'E123456782', today)).toMatchObject({
      notices: ['check_digit_dropped'],
    });
  });

  const line = 'EZ00000014CHN0503017F3311215<<<<<<<<<<<<<<<4';

  test.each([line, line.replace(/<4$/, '04')])('the line %s tells birth date and sex', (typed) => {
    expect(parseDocumentNumber('passport', typed, today)).toEqual({
      ok: true,
      value: {
        type: 'passport',
        number: 'EZ0000001',
        birthDate: '2005-03-01',
        sex: 'female',
        region: null,
      },
      notices: [],
    });
  });

  test('one changed digit of the line is refused', () => {
    for (const at of Array.from(line, (_, place) => place).filter((at) =>
      /\d/.test(line.charAt(at)),
    )) {
      const digit = String((Number(line[at]) + 1) % 10);
      expect(read('passport', line.slice(0, at) + digit + line.slice(at + 1))).toBe('check_digit');
    }
  });
});

describe('外国人永久居留身份证', () => {
  test.each([
    ['91199920050301001X', '2005-03-01', 'male'],
    ['93199919991231002X', '1999-12-31', 'female'],
    ['944999198506150040', '1985-06-15', 'female'],
    // Both 1911 and 2011 are past: the number of 15 does not say which.
    ['UTO110105030112', null, 'male'],
    ['UTO110105030125', null, 'female'],
    ['KAZ110090123105', '1990-12-31', 'female'],
  ])('%s tells %s and %s', (number, birthDate, sex) => {
    expect(parseDocumentNumber('permanent_residence_card', number, today)).toMatchObject({
      value: { number, birthDate, sex },
    });
  });

  test.each([
    ['911999200503010010', 'check_digit'],
    ['UTO110105030113', 'check_digit'],
    ['991999200503010014', 'region'],
    ['UTO1101050301', 'format'],
    ['E12345678', 'wrong_type'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(read('permanent_residence_card', typed)).toBe(reason);
  });

  test('one changed digit of the 17 or 14 before the check is refused', () => {
    const digitsOf = ['91199920050301001X', 'UTO110105030112'];
    fc.assert(
      fc.property(
        fc.constantFrom(...digitsOf),
        fc.nat({ max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (number, at, by) => {
          const old = number.charAt(at);
          fc.pre(at < number.length - 1 && /\d/.test(old));
          const digit = String((Number(old) + by) % 10);
          // Two digits of ICAO's sum can differ by 10 only for letters; digits with weights 7, 3, 1 never do.
          expect(
            read('permanent_residence_card', number.slice(0, at) + digit + number.slice(at + 1)),
          ).not.toMatch(/^[A-Z9]/);
        },
      ),
    );
  });
});

test.each([
  ['UTO110105030112', '91199920050301001X', 'UTO110105030112'],
  ['uto 1101 050301 12', '91199920050301001X', 'UTO110105030112'],
  ['', '91199920050301001X', null],
  ['UTO110105030112', 'KAZ110090123105', null],
  ['UTO110105030125', '91199920050301001X', 'earlier_number.differs'],
  ['KAZ110090123105', '91199920050301001X', 'earlier_number.differs'],
  ['UTO110105030113', '91199920050301001X', 'document_number.check_digit'],
  ['93199919991231002X', '91199920050301001X', 'earlier_number.format'],
])('DOMAIN 1.6: %j as the earlier number that %s prints is %j', (typed, number, outcome) => {
  const document = { type: 'permanent_residence_card', number } as const;
  const parsed = parseEarlierNumber(typed, document, today);
  expect(parsed.ok ? parsed.value : parsed.code).toBe(outcome);
});

describe('军官证, 士兵证, 警官证', () => {
  test.each([
    ['military_officer_certificate', '军字第0000001号', '军字第0000001号'],
    ['military_officer_certificate', '军0000001', '军字第0000001号'],
    ['military_officer_certificate', '军字第０００００01号', '军字第0000001号'],
    ['military_officer_certificate', '海字第0000001号', '海字第0000001号'],
    ['military_officer_certificate', '0000001', 'format'],
    ['military_officer_certificate', '军官0000001', 'format'],
    ['military_officer_certificate', '军字第12号', 'format'],
    ['military_officer_certificate', '字第0000001号', 'format'],
    ['military_officer_certificate', '士字第0000001号', 'wrong_type'],
    ['soldier_certificate', '士字第P000001X号', '士字第P000001X号'],
    ['soldier_certificate', '兵 0000001', '兵字第0000001号'],
    ['soldier_certificate', '军字第0000001号', 'wrong_type'],
    ['police_certificate', '某某市公安局 000001', '某某市公安局000001'],
    ['police_certificate', '某某监狱第0000001号', '某某监狱0000001'],
    ['police_certificate', '000001', 'issuer'],
    ['police_certificate', '某某000001', 'format'],
    ['police_certificate', '军字第0000001号', 'wrong_type'],
  ] as const)('%s: %s is read as %s', (type, typed, number) => {
    expect(read(type, typed)).toBe(number);
  });
});

test('a number that the portal does not take is refused as such, whichever type is chosen', () => {
  for (const number of [
    'E12345678',
    '91199920050301001X',
    '军字第0000001号',
    '某某市公安局000001',
  ]) {
    expect(read('resident_identity_card', number, teacherPortal)).toBe('not_taken');
    expect(read('resident_identity_card', number)).toBe('wrong_type');
  }
});

test('the same characters on a passport and on a permit are found as different documents', () => {
  const permit = { type: 'hk_macao_travel_permit', number: 'H12345678' } as const;
  expect(numberKey(permit)).toBe('H12345678');
  expect(numberKey({ ...permit, type: 'passport' })).not.toBe(numberKey(permit));
});

/** A good number of each type, from parts that the property below chooses. */
const numbers: Record<DocumentType, fc.Arbitrary<string>> = {
  resident_identity_card: fc
    .nat({ max: 999 })
    .map((n) => `11019919900101${String(n).padStart(3, '0')}`)
    .map((digits) => digits + checkCharacter(digits)),
  hmt_residence_permit: fc
    .nat({ max: 999 })
    .map((n) => `81000019900101${String(n).padStart(3, '0')}`)
    .map((digits) => digits + checkCharacter(digits)),
  hk_macao_travel_permit: fc.stringMatching(/^[HM]\d{8}$/),
  taiwan_travel_permit: fc.stringMatching(/^\d{8}$/),
  permanent_residence_card: fc.oneof(
    fc.stringMatching(/^UTO1101900101[12]$/).map((body) => body + icaoCheck(body)),
    fc
      .nat({ max: 999 })
      .map((n) => `91199919900101${String(n).padStart(3, '0')}`)
      .map((digits) => digits + checkCharacter(digits)),
  ),
  passport: fc.stringMatching(/^[A-Z\d]{5,9}$/),
  military_officer_certificate: fc.stringMatching(/^[军文海空]字第[A-Z\d]{4,8}号$/u),
  soldier_certificate: fc.stringMatching(/^[士兵]字第[A-Z\d]{4,8}号$/u),
  police_certificate: fc.stringMatching(/^某某[市省]公安局\d{6,7}$/u),
};

test.each(documentTypes)('%s: a number keeps its form, its groups and its secret', (type) => {
  fc.assert(
    fc.property(numbers[type], (number) => {
      expect(parseDocumentNumber(type, number, today)).toMatchObject({
        ok: true,
        value: { type, number },
        notices: [],
      });
      expect(read(type, groupNumber(number))).toBe(number);
      const shown = Array.from(maskNumber(number)).filter((character) => character !== '*');
      expect(shown.length).toBeLessThanOrEqual(4);
      expect(maskNumber(number)).toHaveLength(number.length);
    }),
  );
});

test('a number tells its type by its form, where the form is its own', () => {
  const types = ['91199920050301001X', 'E12345678', '军字第0000001号', '110199850615003'];
  expect(types.map((number) => documentTypeOf(number))).toEqual([
    'permanent_residence_card',
    'passport',
    'military_officer_certificate',
    'resident_identity_card',
  ]);
  expect(documentTypeOf('E12345678', teacherPortal)).toBeNull();
});

describe('names', () => {
  test.each([
    ['Zhang San', 'ZHANG SAN', ['capitals']],
    ['O’NEIL, MARY-ANN', "O'NEIL, MARY-ANN", []],
    ['ＡＮＮＡ  LEE', 'ANNA LEE', []],
    ['张三', '张三', []],
    ['A'.repeat(60), 'A'.repeat(60), []],
  ] as const)('%s is read as %s where Latin letters are taken', (typed, name, notices) => {
    expect(parseName(typed, 'any')).toEqual({ ok: true, value: name, notices });
    expect(parseName(name, 'any')).toEqual({ ok: true, value: name, notices: [] });
  });

  test.each([
    ['张三 ZHANG', 'name.latin'],
    ['José', 'name.latin'],
    ['-ANN', 'name.latin'],
    ['A'.repeat(61), 'name.too_long'],
    ['', 'name.missing'],
  ])('%s is refused: %s', (typed, code) => {
    expect(parseName(typed, 'any')).toEqual({ ok: false, code });
  });

  test('a document in Chinese takes no Latin letters', () => {
    expect(parseName('ZHANG SAN')).toEqual({ ok: false, code: 'name.characters' });
    const inAny = documentTypes.filter((type) => documentOf(type).name === 'any');
    expect(inAny).toEqual(['permanent_residence_card', 'passport']);
  });
});
