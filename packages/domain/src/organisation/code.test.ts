import { describe, expect, test } from 'vitest';
import { organisationCheck, parseOrganisationCode } from './code.ts';

describe('S-USR-03: 统一社会信用代码 by GB 32100', () => {
  test.for([
    '12110199PDY00001XT',
    '11110199PDY000028X',
    '51110199PDY000044F',
    '52110199PDY000028N',
    '91110199PDY000036G',
    '92110199PDY0000448',
    'A1110199PDY0000525',
    '12110199PDY000132Y',
    // Its sum is 0 mod 31.
    '12110199PDY0002550',
    // The check of its organisation part is 0.
    '12110199PDY0000606',
    // The sample of the standard.
    '91350100M000100Y43',
  ])('%s is right', (code) => {
    expect(parseOrganisationCode(code)).toEqual({ ok: true, value: code, notices: [] });
    expect(organisationCheck(code.slice(0, 17))).toBe(code.slice(17));
  });

  test('as it is typed: in small letters, full-width, with spaces', () => {
    expect(parseOrganisationCode(' １２110199 pdy00001xt ')).toMatchObject({
      value: '12110199PDY00001XT',
    });
  });

  test.for([
    ['', 'organisation_code.missing'],
    ['12110199PDY00001X', 'organisation_code.format'],
    ['91350100M000100Y4Z', 'organisation_code.format'],
    ['12A10199PDY00001XT', 'organisation_code.format'],
    ['12A101990000000001', 'organisation_code.format'],
    ['121A0199PDY00001XT', 'organisation_code.format'],
    ['12110199PDY00001XU', 'organisation_code.check'],
    ['12110199PDY00002XT', 'organisation_code.check'],
  ] as const)('"%s" is %s', ([typed, code]) => {
    expect(parseOrganisationCode(typed)).toEqual({ ok: false, code });
  });

  test('an unknown kind and a wrong organisation part are odd, and no error', () => {
    const unknown = '17110199PDY00001X';
    const code = `${unknown}${organisationCheck(unknown)}`;
    expect(parseOrganisationCode(code)).toMatchObject({ notices: ['unknown_kind'] });
    const part = '12110199PDY000018';
    expect(parseOrganisationCode(`${part}${organisationCheck(part)}`)).toMatchObject({
      notices: ['organisation_part'],
    });
  });
});
