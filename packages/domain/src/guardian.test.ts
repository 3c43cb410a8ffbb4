import { describe, expect, test } from 'vitest';
import {
  guardianCodeOf,
  hasReachedAge,
  needsGuardian,
  parseGuardianAnswers,
  readGuardianCode,
} from './index.ts';
import { guardianRelations } from './guardian.ts';
import { teacherPortal as portal, studentPortal } from './portals/index.ts';

describe('PIPL 31: who needs a guardian, and who can be one', () => {
  test.each([
    ['2012-11-22', '2026-11-21', true],
    ['2012-11-21', '2026-11-21', false],
    ['2012-11-20', '2026-11-21', false],
    ['2026-11-21', '2026-11-21', true],
    // Born on 29 February, one is 14 on 1 March.
    ['2012-02-29', '2026-02-28', true],
    ['2012-02-29', '2026-03-01', false],
    [null, '2026-11-21', false],
  ])('born %s, on %s a guardian consents: %s', (birthDate, today, isNeeded) => {
    expect(needsGuardian(portal, birthDate, today)).toBe(isNeeded);
  });

  test.each([
    ['2008-11-22', false],
    ['2008-11-21', true],
    [null, false],
  ])('born %s, on 21 November 2026 one can be a guardian: %s', (birthDate, isOldEnough) => {
    expect(hasReachedAge(portal.guardian.guardianFrom, birthDate, '2026-11-21')).toBe(isOldEnough);
  });

  test('the age is data of the portal', () => {
    const other = { ...portal, guardian: { ...portal.guardian, childUnder: 16, guardianFrom: 21 } };
    expect(needsGuardian(other, '2011-01-01', '2026-11-21')).toBe(true);
    expect(hasReachedAge(other.guardian.guardianFrom, '2006-01-01', '2026-11-21')).toBe(false);
  });
});

test('the code has eight characters, and is read however it is typed', () => {
  const code = guardianCodeOf(Uint8Array.from([0, 1, 18, 31, 40, 63, 128, 255]));
  expect(code).toBe('01JZ8Z0Z');
  for (const typed of ['01jz8z0z', ' O1JZ-8Z0Z ', 'OIJZ 8ZOZ', 'olJZ8Z0Z', '０１ＪＺ８Ｚ０Ｚ']) {
    expect(readGuardianCode(typed)).toBe(code);
  }
  for (const typed of ['', '01JZ8Z0', '01JZ8Z0Z0', '01UZ8Z0Z', '!1JZ8Z0Z']) {
    expect(readGuardianCode(typed)).toBeNull();
  }
});

describe('the guardian’s page', () => {
  const child = {
    documentType: 'resident_identity_card',
    number: '110199 20150610 0011',
    name: '江小树',
    relation: 'mother',
    hasConsented: true,
  };
  const parse = (change: Partial<typeof child> = {}, today = '2026-11-21') =>
    parseGuardianAnswers({ ...child, ...change }, portal, today);

  test('names a child by its document', () => {
    expect(parse()).toMatchObject({
      ok: true,
      value: {
        document: { number: '110199201506100011', birthDate: '2015-06-10' },
        name: '江小树',
        relation: 'mother',
      },
    });
    // The number of a permit does not say when its holder was born.
    const permit = { documentType: 'hk_macao_travel_permit', number: 'H12345678' };
    expect(parse(permit).ok).toBe(true);
  });

  test('takes each relation, and a name in the letters of its document', () => {
    for (const relation of guardianRelations) {
      expect(parse({ relation })).toMatchObject({ ok: true, value: { relation } });
    }
    const passport = { ...child, documentType: 'passport', number: 'E12345678', name: 'Jiang Shu' };
    expect(parseGuardianAnswers(passport, studentPortal, '2026-11-21')).toMatchObject({
      ok: true,
      value: { name: 'JIANG SHU' },
    });
  });

  test('tells what is wrong beside a number that is right, and a number that is none', () => {
    expect(parse({ name: '' })).toStrictEqual({ ok: false, fields: { name: 'name.missing' } });
    expect(parse({ number: '1' })).toStrictEqual({
      ok: false,
      fields: { number: 'document_number.format' },
    });
  });

  test('tells everything that is wrong at once, each at its field', () => {
    expect(
      parse({ number: '110199199508150119', name: '', relation: 'aunt', hasConsented: false }),
    ).toEqual({
      ok: false,
      fields: {
        number: 'child_number.of_age',
        name: 'name.missing',
        relation: 'relation.missing',
        hasConsented: 'consent.missing',
      },
    });
    expect(parse({ documentType: 'passport' })).toEqual({
      ok: false,
      fields: { documentType: 'document_type.not_taken' },
    });
    expect(parse({}, '2029-06-09').ok).toBe(true);
    expect(parse({}, '2029-06-10').ok).toBe(false);
  });
});
