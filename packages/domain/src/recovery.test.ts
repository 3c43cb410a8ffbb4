import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  caseNumberOf,
  parseRecoveryAnswers,
  parseUserNameAnswers,
  type RecoveryAnswers,
  studentPortal,
  teacherPortal,
} from './index.ts';

const today = '2026-11-21';
const page: RecoveryAnswers = {
  documentType: 'resident_identity_card',
  number: '110199199508150127',
  name: '古丽·买买提',
};
const parse = (change: Partial<RecoveryAnswers>, portal = teacherPortal) =>
  parseRecoveryAnswers({ ...page, ...change }, portal, today);

describe('T-PWD-01: document type, number and name', () => {
  test.for([
    {},
    { number: '110199 19950815 0127', name: '古丽•买买提' },
    { number: '１１０１９９１９９５０８１５０１２７', name: ' 古丽· 买买提 ' },
  ])('typed as %j are read as on the document', (change) => {
    expect(parse(change)).toEqual({
      ok: true,
      value: {
        document: {
          type: 'resident_identity_card',
          number: '110199199508150127',
          birthDate: '1995-08-15',
          sex: 'female',
          region: null,
        },
        name: '古丽·买买提',
      },
    });
  });

  test.for([
    [
      { number: '', name: '' },
      { number: 'document_number.missing', name: 'name.missing' },
    ],
    [{ number: '110199199508150128' }, { number: 'document_number.check_digit' }],
    [{ number: 'H12345678' }, { number: 'document_number.wrong_type' }],
    [{ name: 'Guli' }, { name: 'name.characters' }],
    [
      { documentType: '', number: '', name: '' },
      { documentType: 'document_type.missing', name: 'name.missing' },
    ],
    [{ documentType: 'passport' }, { documentType: 'document_type.not_taken' }],
    [{ documentType: '__proto__' }, { documentType: 'document_type.not_taken' }],
  ] as const)('%j is refused, everything at once: %j', ([change, fields]) => {
    expect(parse(change)).toEqual({ ok: false, fields });
  });

  test('a document that the portal does not take is no document type there', () => {
    const portal = { ...teacherPortal, documentTypes: ['resident_identity_card'] as const };
    const permit = { documentType: 'taiwan_travel_permit', number: '12345678' };
    expect(parse(permit).ok).toBe(true);
    expect(parse(permit, portal)).toEqual({
      ok: false,
      fields: { documentType: 'document_type.not_taken' },
    });
  });

  test('whatever is typed, it answers and never throws', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    const typed = fc.record({
      documentType: fc.oneof(fc.constantFrom(...teacherPortal.documentTypes), anything),
      number: anything,
      name: anything,
    });
    fc.assert(
      fc.property(typed, (answers) => {
        const parsed = parseRecoveryAnswers(answers, teacherPortal, today);
        expect(parsed.ok || Object.keys(parsed.fields).length > 0).toBe(true);
      }),
    );
  });
});

describe('by the number of a claim', () => {
  const number = caseNumberOf(Date.UTC(2026, 10, 21), '4827391');

  test('it says whose password it is where people sign in with a number', () => {
    expect(parse({ number: `${number.slice(0, 6)} ${number.slice(6)}` })).toEqual({
      ok: true,
      value: { claim: { type: 'resident_identity_card', number }, name: '古丽·买买提' },
    });
    expect(parse({ number, name: '' })).toEqual({ ok: false, fields: { name: 'name.missing' } });
  });

  test('elsewhere it is a document number that is wrong', () => {
    expect(parse({ number }, studentPortal)).toEqual({
      ok: false,
      fields: { number: 'document_number.format' },
    });
  });
});

test('a name is read in the letters of its document', () => {
  const passport = { documentType: 'passport', number: 'E12345678', name: 'Zhang San' };
  expect(parse(passport, studentPortal)).toMatchObject({ ok: true, value: { name: 'ZHANG SAN' } });
});

test.each([
  ['13900000001', { kind: 'mobile', value: '13900000001' }],
  [' Someone@Example.com', { kind: 'email', value: 'Someone@example.com' }],
  ['', 'user_name.missing'],
  ['someone', 'user_name.format'],
  ['someone@', 'email.format'],
])('S-PWD-01: the user name %j is read as %j', (name, outcome) => {
  const parsed = parseUserNameAnswers({ name }, studentPortal, today);
  expect(parsed.ok ? parsed.value : parsed.fields['name']).toEqual(outcome);
});

test('a user name that is no contact recovers nothing', () => {
  expect(parseUserNameAnswers({ name: page.number }, teacherPortal, today)).toEqual({
    ok: false,
    fields: { name: 'user_name.format' },
  });
});
