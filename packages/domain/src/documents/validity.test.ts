import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRealDate } from '../calendar.ts';
import {
  ageOn,
  checkValidity,
  parseDateParts,
  spreadPastedDate,
  termsOffered,
  validityEnds,
  validityTerms,
} from './validity.ts';

const today = '2026-11-21';
const card = {
  type: 'resident_identity_card',
  birthDate: '1995-08-15',
  start: '2022-03-01',
  term: 20,
  today,
} as const;

test.each([
  ['2018-07-01', 5, '2023-07-01'],
  ['2019-12-24', 5, '2024-12-24'],
  ['2004-02-29', 10, '2014-03-01'],
  ['2004-02-29', 20, '2024-02-29'],
  ['2020-02-29', 5, '2025-03-01'],
  ['2080-02-29', 20, '2100-03-01'],
  ['2019-12-24', 'long_term', null],
] as const)('T-REG-05: a document of %s for %s ends on %s', (start, term, end) => {
  for (const type of ['resident_identity_card', 'hmt_residence_permit'] as const) {
    expect(validityEnds(type, start, term)).toEqual([end]);
  }
});

// Sample cards of the vendors; booklets ended on the anniversary (DOMAIN 1.2).
test.each([
  ['hk_macao_travel_permit', '2014-04-10', 5, '2019-04-09', '2019-04-10'],
  ['taiwan_travel_permit', '2016-01-01', 5, '2020-12-31', '2021-01-01'],
  ['hk_macao_travel_permit', '2018-10-09', 10, '2028-10-08', '2028-10-09'],
  ['taiwan_travel_permit', '2020-02-29', 5, '2025-02-28', '2025-03-01'],
  ['hk_macao_travel_permit', '2019-03-01', 5, '2024-02-29', '2024-03-01'],
] as const)(
  'T-REG-05: a %s of %s for %i ends on %s, a booklet on %s',
  (type, start, term, ...ends) => {
    expect(validityEnds(type, start, term)).toEqual(ends);
  },
);

test('T-REG-05: the last day of a card of a travel permit is the day before the anniversary', () => {
  const permit = {
    ...card,
    type: 'hk_macao_travel_permit',
    start: '2016-11-22',
    term: 10,
  } as const;
  expect(checkValidity(permit)).toMatchObject({ ok: true, value: { end: '2026-11-21' } });
  expect(checkValidity({ ...permit, start: '2016-11-21' })).toEqual({
    ok: false,
    code: 'validity_end.expired',
  });
});

test.each([
  ['1992-02-29', '2018-02-28', 25],
  ['1992-02-29', '2018-03-01', 26],
  ['1992-02-29', '2020-02-28', 27],
  ['1992-02-29', '2020-02-29', 28],
  ['1995-08-15', '2026-08-14', 30],
  ['1995-08-15', '2026-08-15', 31],
  ['2026-11-21', '2026-11-21', 0],
  ['2026-11-22', '2026-11-21', -1],
])('T-REG-05: someone born on %s is, on %s, %i years old', (birth, day, age) => {
  expect(ageOn(birth, day)).toBe(age);
});

describe('T-REG-04: terms', () => {
  test.each([
    ['2010-11-22', 5],
    ['2010-11-21', 10],
    ['2000-11-22', 10],
    ['2000-11-21', 20],
    ['1980-11-22', 20],
    ['1980-11-21', 'long_term'],
  ] as const)(
    'of a 身份证 issued on 2026-11-21 to someone born on %s, %s is usual',
    (birth, term) => {
      const terms = termsOffered('resident_identity_card', birth, '2026-11-21');
      expect(terms.filter((each) => each.isUsual).map((each) => each.term)).toEqual([term]);
      expect(terms.map((each) => each.term)).toEqual([5, 10, 20, 'long_term']);
    },
  );

  test('a residence permit of 5 years is usual at every age', () => {
    for (const birth of ['2020-01-01', '1995-08-15', '1950-01-01']) {
      expect(termsOffered('hmt_residence_permit', birth, '2026-11-21')).toEqual([
        { term: 5, isOffered: true, isUsual: true },
      ]);
    }
  });

  test.each([
    ['1980-11-21', true],
    ['1980-11-22', false],
  ])('T-REG-05: 长期 for someone born on %s and a card of 2026-11-21: %s', (birth, isOffered) => {
    const terms = termsOffered('resident_identity_card', birth, '2026-11-21');
    expect(terms.find((each) => each.term === 'long_term')?.isOffered).toBe(isOffered);
    expect(terms.slice(0, 3).every((each) => each.isOffered)).toBe(true);
  });

  test('while birth or start is unknown, all terms of the type are offered', () => {
    for (const terms of [
      termsOffered('resident_identity_card', null, '2026-11-21'),
      termsOffered('resident_identity_card', '2010-01-01', null),
    ]) {
      expect(terms).toHaveLength(4);
      expect(terms.every((each) => each.isOffered && each.isUsual)).toBe(true);
    }
  });

  test.each([
    ['hmt_residence_permit', [5]],
    ['hk_macao_travel_permit', [5, 10]],
    ['taiwan_travel_permit', [5]],
  ] as const)('%s is issued for %j years', (type, terms) => {
    expect(termsOffered(type, null, null).map((each) => each.term)).toEqual(terms);
  });
});

describe('T-REG-04, T-REG-05: start and term together', () => {
  test('gives the end that follows', () => {
    expect(checkValidity(card)).toEqual({
      ok: true,
      value: { start: '2022-03-01', end: '2042-03-01', term: 20 },
      notices: [],
    });
  });

  test('长期 has no end', () => {
    const elder = { ...card, birthDate: '1970-01-01', start: '2016-01-01' } as const;
    expect(checkValidity({ ...elder, term: 'long_term' })).toEqual({
      ok: true,
      value: { start: '2016-01-01', end: null, term: 'long_term' },
      notices: [],
    });
    expect(checkValidity({ ...elder, start: '2015-12-31', term: 'long_term' })).toEqual({
      ok: false,
      code: 'validity_term.long_term_under_46',
    });
  });

  test('a card may be issued on the day of birth', () => {
    const infant = { ...card, birthDate: '2024-03-01', start: '2024-03-01', term: 5 } as const;
    expect(checkValidity(infant)).toMatchObject({ ok: true, notices: [] });
  });

  test('an unusual term only warns', () => {
    expect(checkValidity({ ...card, term: 10 })).toMatchObject({
      ok: true,
      notices: ['unusual_term'],
    });
  });

  test.each([
    [{ start: null }, 'validity_start.missing'],
    [{ start: '' }, 'validity_start.missing'],
    [{ start: '2022-02-30' }, 'validity_start.not_a_date'],
    [{ start: '2022-3-1' }, 'validity_start.not_a_date'],
    [{ start: '2022-03-01T00:00' }, 'validity_start.not_a_date'],
    [{ start: '２０２２-03-01' }, 'validity_start.not_a_date'],
    [{ start: '2022-03-01 ' }, 'validity_start.not_a_date'],
    [{ start: ' 2022-03-01' }, 'validity_start.not_a_date'],
    [{ start: 'constructor' }, 'validity_start.not_a_date'],
    [{ start: '1983-12-31' }, 'validity_start.too_early'],
    [{ start: '1995-08-14' }, 'validity_start.before_birth'],
    [{ start: '2026-11-22' }, 'validity_start.in_future'],
    [{ term: null }, 'validity_term.missing'],
    [{ type: 'hmt_residence_permit', term: 10 }, 'validity_term.not_offered'],
    [{ type: 'taiwan_travel_permit', term: 'long_term' }, 'validity_term.not_offered'],
    [{ type: 'hk_macao_travel_permit', term: 20 }, 'validity_term.not_offered'],
    [{ start: '2016-11-20', term: 10 }, 'validity_end.expired'],
  ] as const)('refuses %j: %s', (change, code) => {
    expect(checkValidity({ ...card, ...change })).toEqual({ ok: false, code });
  });

  test('the day of issue and the last day count', () => {
    expect(
      checkValidity({
        ...card,
        start: card.birthDate,
        birthDate: card.birthDate,
        today: card.birthDate,
        term: 5,
      }).ok,
    ).toBe(true);
    expect(checkValidity({ ...card, start: '2026-11-21' }).ok).toBe(true);
    expect(checkValidity({ ...card, start: '2016-11-21', term: 10 }).ok).toBe(true);
  });

  test('1984-01-01 is not too early', () => {
    const old = { ...card, birthDate: '1930-01-01', term: 'long_term' } as const;
    expect(checkValidity({ ...old, start: '1984-01-01' }).ok).toBe(true);
  });
});

test('T-REG-05: whatever day and term, the end is the same day later, or 1 March for 29 February', () => {
  const day = fc
    .integer({ min: Date.UTC(1984, 0, 1), max: Date.UTC(2100, 0, 1) })
    .map((ms) => new Date(ms).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, fc.constantFrom<5 | 10 | 20>(5, 10, 20), (start, term) => {
      const endYear = Number(start.slice(0, 4)) + term;
      const isMissing = start.endsWith('-02-29') && !isRealDate(endYear, 2, 29);
      expect(validityEnds('resident_identity_card', start, term)).toEqual([
        `${endYear}${isMissing ? '-03-01' : start.slice(4)}`,
      ]);
    }),
  );
});

test.each([
  [2024, 2, 29, true],
  [2023, 2, 29, false],
  [1900, 2, 29, false],
  [2000, 2, 29, true],
  [2024, 4, 31, false],
  [2024, 12, 31, true],
  [2024, 13, 1, false],
  [2024, 0, 1, false],
  [2024, 1, 0, false],
  [0, 1, 1, false],
  [2024, 1.5, 1, false],
  [Number.NaN, 1, 1, false],
])('%i-%i-%i exists: %s', (year, month, day, exists) => {
  expect(isRealDate(year, month, day)).toBe(exists);
});

describe('T-REG-06: a date is complete or it is missing', () => {
  test.each([
    [{ year: '2019', month: '12', day: '24' }, '2019-12-24'],
    [{ year: '2019', month: '2', day: '4' }, '2019-02-04'],
    [{ year: '２０１９', month: '１２', day: ' 24 ' }, '2019-12-24'],
    [{ year: '2020', month: '02', day: '29' }, '2020-02-29'],
  ])('reads %j', (parts, date) => {
    expect(parseDateParts(parts)).toEqual({ ok: true, value: date, notices: [] });
  });

  test.each([
    [{ year: '', month: ' ', day: '\u200B' }, 'missing'],
    [{ year: '2019', month: '12', day: '' }, 'incomplete'],
    [{ year: '2019', month: '', day: '24' }, 'incomplete'],
    [{ year: '', month: '12', day: '24' }, 'incomplete'],
    [{ year: '2019', month: '2', day: '30' }, 'not_a_date'],
    [{ year: '2019', month: '13', day: '1' }, 'not_a_date'],
    [{ year: '19', month: '12', day: '24' }, 'not_a_date'],
    [{ year: '2019', month: '012', day: '24' }, 'not_a_date'],
    [{ year: '2019', month: '-1', day: '24' }, 'not_a_date'],
    [{ year: '2019', month: '1e1', day: '24' }, 'not_a_date'],
    [{ year: '令和元年', month: '五', day: '😀' }, 'not_a_date'],
  ])('refuses %j: %s', (parts, reason) => {
    expect(parseDateParts(parts)).toEqual({ ok: false, code: `validity_start.${reason}` });
  });
});

test.each([
  '20191224',
  '2019.12.24',
  '2019-12-24',
  '2019/12/24',
  '2019年12月24日',
  '２０１９．１２．２４',
  ' 2019 . 12 . 24 ',
  '2019.12.24-2029.12.24',
  '2019.12.24-长期',
  '20191224-20291224',
  '2019年12月24日至2029年12月24日',
  '有效期限 2019.12.24-2029.12.24',
])('T-REG-17: pasted %j is spread over the three fields', (text) => {
  expect(spreadPastedDate(text)).toEqual({ year: '2019', month: '12', day: '24' });
});

test('T-REG-17: one-digit months and days are spread as they are', () => {
  expect(spreadPastedDate('2019年2月4日')).toEqual({ year: '2019', month: '2', day: '4' });
});

test.each([
  '',
  '2019',
  '201912',
  '110199199508150127',
  '2019-12',
  '长期',
  '12345678901',
  '2019.12.245',
])('T-REG-17: pasted %j is no date', (text) => {
  expect(spreadPastedDate(text)).toBeNull();
});

test('T-REG-04: of a document without terms none is offered, and every other term is known', () => {
  expect(termsOffered('passport', '1995-08-15', '2022-03-01')).toEqual([]);
  expect(validityEnds('passport', '2022-03-01', 5)).toEqual(['2027-03-01']);
  expect(validityTerms).toEqual([5, 10, 20, 'long_term']);
});

test('T-REG-06: a year alone is a date that is not complete', () => {
  const parsed = parseDateParts({ year: '2019', month: '', day: '' });
  expect(parsed).toEqual({ ok: false, code: 'validity_start.incomplete' });
});

test.each(['签发机关和有效期限自2019-12-24', '12019-12-24'])(
  '%s does not begin with a date',
  (text) => {
    expect(spreadPastedDate(text)).toBeNull();
  },
);

test('full-width dots stand between the parts of a date, too', () => {
  expect(spreadPastedDate('2019．1．2')).toEqual({ year: '2019', month: '1', day: '2' });
});
