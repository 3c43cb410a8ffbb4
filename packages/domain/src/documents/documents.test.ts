import { describe, expect, test } from 'vitest';
import { studentPortal, teacherPortal } from '../portals/index.ts';
import {
  checkCharacter,
  documentOf,
  documentTypeOf,
  documentTypes,
  groupNumber,
  numberKeyAlone,
  parseDocumentNumber,
  parseDocumentType,
  parseNumberAlone,
  printsEarlierNumber,
  type DocumentType,
} from './index.ts';

const today = '2026-11-21';

/** A number of 18 with its right check character. */
const withCheck = (seventeenDigits: string) => seventeenDigits + checkCharacter(seventeenDigits);

const accepted = (type: DocumentType, typed: string) => {
  const parsed = parseDocumentNumber(type, typed, today);
  if (!parsed.ok) throw new Error(`refused: ${parsed.code}`);
  return parsed;
};

describe('T-REG-03: 身份证 and 居住证', () => {
  test('a 身份证 is of one of 32 provinces, and of nothing between them', () => {
    const heads = Array.from({ length: 90 }, (_, i) => String(10 + i));
    const taken = heads.filter(
      (head) =>
        parseDocumentNumber('resident_identity_card', withCheck(`${head}019919950815011`), today)
          .ok,
    );
    expect(taken.join(' ')).toBe(
      '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71',
    );
  });

  test.each([
    ['110199201506100011', '2015-06-10', 'male'],
    ['11019920080229002X', '2008-02-29', 'female'],
    ['110199199508150119', '1995-08-15', 'male'],
    ['110199199508150127', '1995-08-15', 'female'],
    ['110199197001010038', '1970-01-01', 'male'],
    ['11019919491231002X', '1949-12-31', 'female'],
    ['11019919880808004X', '1988-08-08', 'female'],
    ['11019919880808012X', '1988-08-08', 'female'],
    ['110199199001010002', '1990-01-01', 'female'],
    ['11010519491231002X', '1949-12-31', 'female'],
  ])('reads birth date and sex from 身份证 %s', (number, birthDate, sex) => {
    expect(accepted('resident_identity_card', number).value).toEqual({
      type: 'resident_identity_card',
      number,
      birthDate,
      sex,
      region: null,
    });
  });

  test.each([
    ['810000199606060019', '1996-06-06', 'male', 'hong_kong'],
    ['820000199707070023', '1997-07-07', 'female', 'macao'],
    ['830000199808080038', '1998-08-08', 'male', 'taiwan'],
    ['830000199706020042', '1997-06-02', 'female', 'taiwan'],
  ])('reads birth date, sex and region from 居住证 %s', (number, birthDate, sex, region) => {
    expect(accepted('hmt_residence_permit', number).value).toEqual({
      type: 'hmt_residence_permit',
      number,
      birthDate,
      sex,
      region,
    });
  });

  test.each([
    ['11019919491231002x', 'lower-case x'],
    ['110199 19491231 002X', 'spaces'],
    ['110199-19491231-002X', 'hyphens'],
    ['１１０１９９１９４９１２３１００２Ｘ', 'full-width'],
    ['１１０１９９－１９４９１２３１　００２ｘ', 'full-width hyphen, space and x'],
    ['\u200B110199\u202E19491231\uFEFF002X\u0000\r\n', 'invisible and control characters'],
    ['110199\u201319491231\u2014002X', 'dashes'],
  ])('accepts %j (%s)', (typed) => {
    const parsed = accepted('resident_identity_card', typed);
    expect(parsed.value.number).toBe('11019919491231002X');
    expect(parsed.notices).toEqual([]);
  });

  test.each([
    ['resident_identity_card', '', 'missing'],
    ['resident_identity_card', ' \u200B\u3000- ', 'missing'],
    ['resident_identity_card', '110105491231002', 'length_15'],
    ['hmt_residence_permit', '110105491231002', 'length_15'],
    ['resident_identity_card', '11019919950815012', 'format'],
    ['resident_identity_card', '1101991995081501277', 'format'],
    ['resident_identity_card', '11019919950815O127', 'format'],
    ['resident_identity_card', '1X0199199508150127', 'format'],
    ['resident_identity_card', '११०१९९१९९५०८१५०१२७', 'format'],
    ['resident_identity_card', '110199199508150①27', 'format'],
    ['resident_identity_card', '🀄110199199508150127', 'format'],
    ['resident_identity_card', '__proto__', 'format'],
    ['resident_identity_card', '110105194912310021', 'check_digit'],
    ['resident_identity_card', '11204416541220243X', 'check_digit'],
    ['hmt_residence_permit', '810000199606060018', 'check_digit'],
    ['resident_identity_card', '990000199001010017', 'region'],
    ['resident_identity_card', '91184019850101001X', 'not_taken'],
    ['hk_macao_travel_permit', '91184019850101001X', 'not_taken'],
    ['resident_identity_card', '931392199202290020', 'not_taken'],
    ['hk_macao_travel_permit', '931392199202290020', 'not_taken'],
    ['resident_identity_card', '911398199012310021', 'not_taken'],
    ['hk_macao_travel_permit', '911398199012310021', 'not_taken'],
    ['resident_identity_card', 'KAZ110090123105', 'not_taken'],
    ['hk_macao_travel_permit', 'HA1234567', 'not_taken'],
    ['hk_macao_travel_permit', 'ma 1234567 01', 'not_taken'],
    ['hmt_residence_permit', withCheck('81010119960606001'), 'region'],
    ['resident_identity_card', '110105190002290017', 'birth_date'],
    ['resident_identity_card', '11010519900230001X', 'birth_date'],
    ['resident_identity_card', '110105299901010014', 'birth_date'],
    ['resident_identity_card', '440524188001010014', 'birth_date'],
    ['resident_identity_card', '810000199606060019', 'wrong_type'],
    ['hmt_residence_permit', '110199199508150119', 'wrong_type'],
    ['resident_identity_card', 'H12345678', 'wrong_type'],
    ['hmt_residence_permit', '12345678', 'wrong_type'],
  ] as const)('refuses %s %j: document_number.%s', (type, typed, reason) => {
    expect(parseDocumentNumber(type, typed, today, teacherPortal)).toEqual({
      ok: false,
      code: `document_number.${reason}`,
    });
  });

  test('a slip in any single digit of a 身份证 is noticed', () => {
    const number = '110199199508150127';
    for (let at = 0; at < 17; at++) {
      for (const digit of '0123456789') {
        if (digit === number[at]) continue;
        const slipped = number.slice(0, at) + digit + number.slice(at + 1);
        expect(parseDocumentNumber('resident_identity_card', slipped, today)).toEqual({
          ok: false,
          code: 'document_number.check_digit',
        });
      }
    }
  });

  test('someone born today is accepted, someone born tomorrow is not', () => {
    const bornToday = withCheck('11019920261121001');
    const bornTomorrow = withCheck('11019920261122001');
    expect(parseDocumentNumber('resident_identity_card', bornToday, today).ok).toBe(true);
    expect(parseDocumentNumber('resident_identity_card', bornTomorrow, today).ok).toBe(false);
  });
});

describe('T-REG-02: 通行证', () => {
  test.each([
    ['hk_macao_travel_permit', 'H12345678', 'hong_kong'],
    ['hk_macao_travel_permit', 'H00367998', 'hong_kong'],
    ['hk_macao_travel_permit', 'M87654321', 'macao'],
    ['taiwan_travel_permit', '12345678', 'taiwan'],
  ] as const)('accepts %s %s without a notice', (type, number, region) => {
    expect(parseDocumentNumber(type, number, today)).toEqual({
      ok: true,
      value: { type, number, birthDate: null, sex: null, region },
      notices: [],
    });
  });

  test.each([
    ['hk_macao_travel_permit', 'H1234567801', 'H12345678'],
    ['hk_macao_travel_permit', 'ｈ12345678 01', 'H12345678'],
    ['taiwan_travel_permit', '1234567801', '12345678'],
  ] as const)('cuts 换证次数 from %s %s and says so', (type, typed, number) => {
    const parsed = accepted(type, typed);
    expect(parsed.value.number).toBe(number);
    expect(parsed.notices).toEqual(['renewal_digits_dropped']);
  });

  test.each([
    ['hk_macao_travel_permit', '', 'missing'],
    ['hk_macao_travel_permit', 'H1234567', 'format'],
    ['hk_macao_travel_permit', 'H123456780', 'format'],
    ['hk_macao_travel_permit', 'H123456780123', 'format'],
    ['hk_macao_travel_permit', 'A12345678', 'format'],
    ['hk_macao_travel_permit', '12345678', 'wrong_type'],
    ['hk_macao_travel_permit', '110199199508150119', 'wrong_type'],
    ['taiwan_travel_permit', '1234567', 'format'],
    ['taiwan_travel_permit', '123456789', 'format'],
    ['taiwan_travel_permit', 'M87654321', 'wrong_type'],
  ] as const)('refuses %s %j: document_number.%s', (type, typed, reason) => {
    expect(parseDocumentNumber(type, typed, today, teacherPortal)).toEqual({
      ok: false,
      code: `document_number.${reason}`,
    });
  });
});

test.each([
  ['110199 19950815 0127', 'resident_identity_card'],
  ['11019919491231002x', 'resident_identity_card'],
  ['110199199508150120', 'resident_identity_card'],
  ['810000199606060019', 'hmt_residence_permit'],
  ['h12345678', 'hk_macao_travel_permit'],
  ['M8765432101', 'hk_macao_travel_permit'],
  ['12345678', 'taiwan_travel_permit'],
  ['1234567801', 'taiwan_travel_permit'],
  ['110105491231002', 'resident_identity_card'],
  ['张三', null],
  ['', null],
])('T-LOG-01: the number %j alone tells the document type', (typed, type) => {
  expect(documentTypeOf(typed)).toBe(type);
});

test.each([
  ['110199199508150127', '110199 19950815 0127'],
  ['H12345678', 'H 1234 5678'],
  ['12345678', '1234 5678'],
  ['E12345678', 'E 1234 5678'],
  ['EA1234567', 'EA 123 4567'],
  ['UTO110105030112', 'UTO 1101 050301 12'],
  ['某某市公安局000001', '某某市公安局 000001'],
  ['某某监狱0000001', '某某监狱 0000001'],
  ['军字第0000001号', '军字第0000001号'],
  ['123', '123'],
  ['A某某市公安局000001', 'A某某市公安局000001'],
  ['某某市公安局000001A', '某某市公安局000001A'],
  ['1101991995081501277', '1101991995081501277'],
  ['AUTO110105030112', 'AUTO110105030112'],
  ['UTO1101050301123', 'UTO1101050301123'],
  ['-H12345678', '-H12345678'],
  ['H12345678-', 'H12345678-'],
  ['-12345678', '-12345678'],
  ['12345678-', '12345678-'],
])('groups %s for reading', (number, grouped) => {
  expect(groupNumber(number)).toBe(grouped);
});

test.each([
  ['', 'document_type.missing'],
  ['passport', 'document_type.not_taken'],
  ['__proto__', 'document_type.not_taken'],
  ['taiwan_travel_permit', 'taiwan_travel_permit'],
])('T-REG-01: the type %j is read as %s', (typed, outcome) => {
  const parsed = parseDocumentType(typed, teacherPortal);
  expect(parsed.ok ? parsed.value : parsed.code).toBe(outcome);
});

test.each([
  ['110199 19950815 0127', 'resident_identity_card 110199199508150127'],
  ['h12345678', 'hk_macao_travel_permit H12345678'],
  ['', 'document_number.missing'],
  // Of no form, it is read as of the first document.
  ['E12345678', 'document_number.not_taken'],
  ['11019919950815012', 'document_number.format'],
])('T-LOG-01: %j alone is read as %s', (typed, outcome) => {
  const parsed = parseNumberAlone(typed, today, teacherPortal);
  expect(parsed.ok ? `${parsed.value.type} ${parsed.value.number}` : parsed.code).toBe(outcome);
});

test('S-NAM-02: a number of 15 digits is lengthened wherever no portal is asked', () => {
  expect(parseNumberAlone('110199850615003', today)).toMatchObject({
    ok: true,
    value: { number: '110199198506150030' },
  });
});

test('a number that stands alone is found as its form tells', () => {
  expect(['E12345678', 'H12345678', '110199199508150127', '张三'].map(numberKeyAlone)).toEqual([
    'passport:E12345678',
    'H12345678',
    '110199199508150127',
    '张三',
  ]);
});

const prints = (type: DocumentType, number: string) => printsEarlierNumber({ type, number });
test('DOMAIN 1.6: a new card of permanent residence prints the earlier number, and nothing else does', () => {
  expect(prints('permanent_residence_card', '91199920050301001X')).toBe(true);
  expect(prints('permanent_residence_card', 'UTO110105030112')).toBe(false);
  expect(prints('resident_identity_card', '110199199508150127')).toBe(false);
});

test.each([
  ['HA1234567', 'not_taken'],
  ['MA123456701', 'not_taken'],
  ['HA12345678', 'format'],
  ['XHA123456701', 'format'],
  ['HA1234567012', 'format'],
])('a permit of somebody who is no Chinese citizen, %s: %s', (typed, reason) => {
  expect(parseDocumentNumber('hk_macao_travel_permit', typed, today, studentPortal)).toEqual({
    ok: false,
    code: `document_number.${reason}`,
  });
});

const born = (date: string) =>
  parseDocumentNumber('resident_identity_card', withCheck(`110105${date}001`), today).ok;
test('somebody born on the first day of 1900 is taken, and on the day before is not', () => {
  expect([born('19000101'), born('18991231')]).toEqual([true, false]);
});

const those = (has: (document: ReturnType<typeof documentOf>) => boolean) =>
  documentTypes.filter((type) => has(documentOf(type)));
const asked = (type: DocumentType) => documentOf(type).profileFields.join(' ');

describe('what each document is', () => {
  const permits = ['hk_macao_travel_permit', 'taiwan_travel_permit'];
  const certificates = [
    'military_officer_certificate',
    'soldier_certificate',
    'police_certificate',
  ];
  const foreign = ['permanent_residence_card', 'passport'];

  test('its name is in Chinese, or in any letters', () => {
    expect(those(({ name }) => name === 'any')).toEqual(foreign);
    expect(those(({ name }) => name === 'chinese')).toEqual([
      'resident_identity_card',
      'hmt_residence_permit',
      ...permits,
      ...certificates,
    ]);
  });

  test('T-REG-04: the terms for which it is issued, and the day on which they end', () => {
    const terms = documentTypes.map((type) => documentOf(type).validity?.terms.join(' ') ?? null);
    expect(terms).toEqual(['5 10 20 long_term', '5', '5 10', '5', '5 10', null, null, null, null]);
    expect(those(({ validity }) => validity?.endsDayBefore === true)).toEqual([
      ...permits,
      'permanent_residence_card',
    ]);
    expect(those(({ validity }) => validity?.isByAge === true)).toEqual(['resident_identity_card']);
  });

  test('T-PRO-01: what its holder is asked besides, as far as the number does not say it', () => {
    expect(asked('resident_identity_card')).toBe('ethnicity');
    expect(asked('hmt_residence_permit')).toBe(
      'sex birthDate ethnicity travelPermitNumber localDocumentNumber',
    );
    for (const type of permits as DocumentType[]) {
      expect(asked(type)).toBe('sex birthDate ethnicity localDocumentNumber');
    }
    for (const type of foreign as DocumentType[]) expect(asked(type)).toBe('sex birthDate');
    for (const type of certificates as DocumentType[]) {
      expect(asked(type)).toBe('sex birthDate ethnicity');
    }
    expect(those(({ hasHousehold }) => hasHousehold)).toEqual([
      'resident_identity_card',
      ...certificates,
    ]);
  });

  test('T-VER-03, T-VER-05: which check there may be for it, and who can open 网证', () => {
    expect(documentTypes.map((type) => documentOf(type).check)).toEqual([
      'four_factors',
      'travel_permit',
      ...Array.from({ length: 7 }, () => 'none'),
    ]);
    expect(those(({ hasNetworkCredential }) => hasNetworkCredential)).toEqual([
      'resident_identity_card',
    ]);
  });

  test('the drawing that shows where its number stands', () => {
    expect(documentTypes.map((type) => documentOf(type).sketch)).toEqual([
      'citizen',
      'residence',
      'permit',
      'permit',
      ...Array.from({ length: 5 }, () => null),
    ]);
  });
});
