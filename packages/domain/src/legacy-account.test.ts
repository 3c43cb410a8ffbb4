import { describe, expect, test } from 'vitest';
import {
  businessPortal,
  importedColumns,
  type LegacyRow,
  parseLegacyRow,
  studentPortal,
  teacherPortal,
} from './index.ts';

const nowMs = Date.UTC(2026, 10, 21, 4);

// A county code that does not exist: nobody's number.
const good: LegacyRow = {
  document_type: 'resident_identity_card',
  document_number: '110199199508150119',
  name: '林知远',
  validity_start: '2015-12-24',
  validity_end: '2025-12-24',
  mobile: '19900000001',
  email: 'someone@example.com',
  registered_at: '2018-05-06T08:30:00+08:00',
};
const parse = (change: Partial<LegacyRow> = {}) =>
  parseLegacyRow({ ...good, ...change }, teacherPortal, nowMs);

const codesOf = (row: LegacyRow) => {
  const parsed = parseLegacyRow(row, teacherPortal, nowMs);
  return parsed.ok ? [] : parsed.refusals.map(({ code }) => code);
};
const handOver = (row: LegacyRow) => parseLegacyRow(row, businessPortal, nowMs);

describe('a row of the old system', () => {
  test('becomes what an account is made of; its document may have expired since', () => {
    expect(parse()).toEqual({
      ok: true,
      value: {
        identity: {
          type: 'resident_identity_card',
          number: '110199199508150119',
          birthDate: '1995-08-15',
          sex: 'male',
          region: null,
          name: '林知远',
          validity: { start: '2015-12-24', end: '2025-12-24', term: 10 },
        },
        contact: { email: 'someone@example.com', mobile: '19900000001' },
        registeredAtMs: Date.UTC(2018, 4, 6, 0, 30),
      },
    });
  });

  test.for([
    ['2016-02-29', '2026-03-01', { start: '2016-02-29', end: '2026-03-01', term: 10 }],
    ['2024-01-02', '2034-01-02', { start: '2024-01-02', end: '2034-01-02', term: 10 }],
  ] as const)('is valid from %s to %s', ([start, end, validity]) => {
    const parsed = parse({ validity_start: start, validity_end: end });
    expect(parsed.ok && parsed.value.identity.validity).toEqual(validity);
  });

  test.for(['2019-04-09', '2019-04-10'])(
    'a travel permit of 2014-04-10 may print %s, and that is kept',
    (end) => {
      const permit = parse({
        document_type: 'taiwan_travel_permit',
        document_number: '12345678',
        validity_start: '2014-04-10',
        validity_end: end,
      });
      expect(permit.ok && permit.value.identity.validity).toEqual({
        start: '2014-04-10',
        end,
        term: 5,
      });
    },
  );

  test('an empty end is 长期, which is for the age of 46', () => {
    expect(parse({ validity_end: '' })).toEqual({
      ok: false,
      refusals: [{ column: 'validity_end', code: 'validity_term.long_term_under_46' }],
    });
    const born1960 = parse({ document_number: '110199196001010017', validity_end: '' });
    expect(born1960.ok && born1960.value.identity.validity).toEqual({
      start: '2015-12-24',
      end: null,
      term: 'long_term',
    });
  });

  test.for([
    ['document_type', 'passport', 'document_type.not_taken'],
    ['document_number', '110199199508150118', 'document_number.check_digit'],
    ['document_number', '', 'document_number.missing'],
    ['name', 'Lin', 'name.characters'],
    ['validity_start', '', 'validity_start.missing'],
    ['validity_start', '2015.12.24', 'validity_start.not_a_date'],
    ['validity_start', '2026-11-22', 'validity_start.in_future'],
    ['validity_end', '2025-12-23', 'validity_term.not_offered'],
    ['validity_end', 'long', 'validity_term.not_offered'],
    ['mobile', '1990000000', 'mobile.format'],
    ['email', 'someone', 'email.format'],
    ['registered_at', '', 'registered_at.format'],
    ['registered_at', '2018-05-06', 'registered_at.format'],
    ['registered_at', '2018-05-06T08:30:00', 'registered_at.format'],
    ['registered_at', '2018-13-06T08:30:00Z', 'registered_at.format'],
    ['registered_at', '2019-02-29T08:30:00+08:00', 'registered_at.format'],
    ['registered_at', '2021-04-31T08:30:00Z', 'registered_at.format'],
    ['registered_at', '2019-02-28T24:00:00+08:00', 'registered_at.format'],
    ['registered_at', '2018-05-06T08:60:00Z', 'registered_at.format'],
    ['registered_at', '2018-05-06T08:30:60Z', 'registered_at.format'],
    ['registered_at', '2018-05-06T08:30:00+15:00', 'registered_at.format'],
    ['registered_at', '0001-01-01T00:00:00Z', 'registered_at.format'],
    ['registered_at', '2026-11-21T04:00:00.001Z', 'registered_at.in_future'],
  ] as const)('%s %s is refused: %s', ([column, value, code]) => {
    expect(parse({ [column]: value })).toEqual({ ok: false, refusals: [{ column, code }] });
  });

  test.for([
    ['2026-11-21T12:00:00+08:00', nowMs],
    ['1995-01-01T00:00Z', Date.UTC(1995, 0, 1)],
    ['2018-05-06T23:59:59.5Z', Date.UTC(2018, 4, 6, 23, 59, 59, 500)],
    ['2018-05-06T19:30:00.123-05:30', Date.UTC(2018, 4, 7, 1, 0, 0, 123)],
    ['2018-05-06T19:30:00+14:00', Date.UTC(2018, 4, 6, 5, 30)],
  ] as const)('the instant %s is taken', ([text, atMs]) => {
    const parsed = parse({ registered_at: text });
    expect(parsed.ok && parsed.value.registeredAtMs).toBe(atMs);
  });

  test.for([
    '1994-12-31T23:59:59Z',
    'x2018-05-06T08:30:00Z',
    '2018-05-06T08:30:00Zx',
    '2018-05-06T08:30:00.1234Z',
    '2018-05-06T08:30:00+08:60',
    '2018-05-06T08:30:00+24:00',
    '2018-05-06T38:30:00Z',
    '2018-05-06T08:30:00 08:00',
  ])('the instant %s is not', (text) => {
    expect(parse({ registered_at: text })).toEqual({
      ok: false,
      refusals: [{ column: 'registered_at', code: 'registered_at.format' }],
    });
  });

  test('a column that is not there is missing', () => {
    const others = ['name.missing', 'mobile.missing', 'email.missing', 'registered_at.format'];
    expect(codesOf({})).toEqual(['document_type.missing', ...others]);
    expect(codesOf({ document_type: 'resident_identity_card' })).toEqual([
      'document_number.missing',
      ...others,
    ]);
    const { validity_start: _, ...withoutStart } = good;
    expect(codesOf(withoutStart)).toEqual(['validity_start.missing']);
    const { validity_end: __, ...withoutEnd } = good;
    expect(codesOf(withoutEnd)).toEqual(['validity_term.long_term_under_46']);
  });

  test('a name is read in the letters of its document', () => {
    const passport = { document_type: 'passport', document_number: 'E12345678', name: 'Lin Zhi' };
    const parsed = parseLegacyRow({ ...good, ...passport }, studentPortal, nowMs);
    expect(parsed).toEqual({
      ok: false,
      refusals: [expect.objectContaining({ column: expect.stringMatching(/^validity_/) })],
    });
  });

  test('every refused column is told, none of its contents', () => {
    const parsed = parse({ document_number: '1', name: '', mobile: '2', registered_at: '3' });
    expect(parsed.ok ? [] : parsed.refusals.map(({ column }) => column)).toEqual([
      'document_number',
      'name',
      'mobile',
      'registered_at',
    ]);
  });
});

test('T-PWD-05: accounts can be reset from the first moment of 2019-03-01 in Shanghai on', () => {
  expect(teacherPortal.recovery.registeredSinceMs).toBe(Date.UTC(2019, 1, 28, 16));
});

describe('E-ACT-01: an account that is handed over to be activated', () => {
  const handedOver = {
    document_type: 'resident_identity_card',
    document_number: '110199199508150119',
    name: '林知远',
    registered_at: '2018-05-06T08:30:00+08:00',
  };

  test('has a file of its own, without validity and mail address', () => {
    expect(importedColumns(businessPortal)).toEqual([
      'document_type',
      'document_number',
      'name',
      'mobile',
      'registered_at',
    ]);
    expect(importedColumns(teacherPortal)).toEqual([
      'document_type',
      'document_number',
      'name',
      'validity_start',
      'validity_end',
      'mobile',
      'email',
      'registered_at',
    ]);
  });

  test('may come with a mobile or without, and only one that is right', () => {
    expect(handOver(handedOver)).toMatchObject({
      ok: true,
      value: { identity: { validity: null }, contact: { email: '', mobile: '' } },
    });
    expect(handOver({ ...handedOver, mobile: '19900000001' })).toMatchObject({
      value: { contact: { email: '', mobile: '19900000001' } },
    });
    expect(handOver({ ...handedOver, mobile: '1' })).toEqual({
      ok: false,
      refusals: [{ column: 'mobile', code: 'mobile.format' }],
    });
  });
});
