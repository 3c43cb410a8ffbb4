import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DocumentAnswers,
  parseCodeAnswers,
  parseContactAnswers,
  parseCorrection,
  parseDocumentAnswers,
  parsePasswordAnswers,
  teacherPortal,
  together,
} from './index.ts';

const today = '2026-11-21';
const nothing = { year: '', month: '', day: '' };
const page: DocumentAnswers = {
  documentType: 'resident_identity_card',
  number: '110199 19950815 0127',
  name: '古丽•买买提',
  validityStart: { year: '2019', month: '12', day: '24' },
  validityTerm: '10',
  hasConsented: true,
};
const parse = (change: Partial<DocumentAnswers>) =>
  parseDocumentAnswers({ ...page, ...change }, teacherPortal, today);

describe('the first page', () => {
  test('T-REG-03, T-REG-05, T-REG-07: gives number, birth date, sex, the name with its separator and the end', () => {
    expect(parse({})).toEqual({
      ok: true,
      value: {
        type: 'resident_identity_card',
        number: '110199199508150127',
        birthDate: '1995-08-15',
        sex: 'female',
        region: null,
        name: '古丽·买买提',
        validity: { start: '2019-12-24', end: '2029-12-24', term: 10 },
      },
    });
  });

  test('tells everything that is wrong at once', () => {
    const answers = parse({
      number: '',
      name: '',
      validityStart: nothing,
      validityTerm: '',
      hasConsented: false,
    });
    expect(answers).toEqual({
      ok: false,
      fields: {
        number: 'document_number.missing',
        name: 'name.missing',
        validityStart: 'validity_start.missing',
        validityTerm: 'validity_term.missing',
        hasConsented: 'consent.missing',
      },
    });
  });

  test('PIPL 29: without the consent to the number nothing is taken', () => {
    expect(parse({ hasConsented: false })).toEqual({
      ok: false,
      fields: { hasConsented: 'consent.missing' },
    });
  });

  test.for(['', 'no_such_document', 'constructor', '__proto__', 'Resident_identity_card'])(
    'T-REG-01: "%s" is no document type; what can be told without one is told',
    (documentType) => {
      expect(parse({ documentType, name: '', hasConsented: false })).toEqual({
        ok: false,
        fields: {
          documentType: documentType === '' ? 'document_type.missing' : 'document_type.not_taken',
          name: 'name.missing',
          hasConsented: 'consent.missing',
        },
      });
    },
  );

  test('a document that the portal does not take is no document type there', () => {
    const portal = { ...teacherPortal, documentTypes: ['resident_identity_card'] as const };
    const answers = { ...page, documentType: 'taiwan_travel_permit', number: '12345678' };
    expect(parseDocumentAnswers(answers, portal, today)).toMatchObject({
      fields: { documentType: 'document_type.not_taken' },
    });
  });

  test.for([
    [
      { validityStart: { year: '2026', month: '11', day: '22' } },
      'validityStart',
      'validity_start.in_future',
    ],
    [
      { validityStart: { year: '1995', month: '8', day: '14' } },
      'validityStart',
      'validity_start.before_birth',
    ],
    [
      { validityStart: { year: '2019', month: '', day: '' } },
      'validityStart',
      'validity_start.incomplete',
    ],
    [
      { validityStart: { year: '2019', month: '2', day: '29' } },
      'validityStart',
      'validity_start.not_a_date',
    ],
    [{ validityTerm: 'long_term' }, 'validityTerm', 'validity_term.long_term_under_46'],
    [{ validityTerm: '7' }, 'validityTerm', 'validity_term.missing'],
    [{ validityTerm: '5' }, 'validityStart', 'validity_end.expired'],
  ] as const)('T-REG-04, T-REG-05, T-REG-06: %j is refused at %s: %s', ([change, field, code]) => {
    expect(parse(change)).toEqual({ ok: false, fields: { [field]: code } });
  });

  test('T-REG-04: a 居住证 is issued for five years only', () => {
    const permit = { documentType: 'hmt_residence_permit', number: '810000199606060019' };
    const validityStart = { year: '2024', month: '5', day: '20' };
    expect(parse({ ...permit, validityStart, validityTerm: '10' })).toEqual({
      ok: false,
      fields: { validityTerm: 'validity_term.not_offered' },
    });
    expect(parse({ ...permit, validityStart, validityTerm: '5' })).toMatchObject({
      ok: true,
      value: { region: 'hong_kong', birthDate: '1996-06-06', sex: 'male' },
    });
  });

  test('whatever is typed, it answers and never throws', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    const date = fc.record({ year: anything, month: anything, day: anything });
    const type = fc.oneof(fc.constantFrom(...teacherPortal.documentTypes), anything);
    const typed = fc.record({
      documentType: type,
      number: anything,
      name: anything,
      validityStart: date,
      validityTerm: fc.oneof(fc.constantFrom('5', '10', '20', 'long_term'), anything),
      hasConsented: fc.boolean(),
    });
    fc.assert(
      fc.property(typed, (answers) => {
        const parsed = parseDocumentAnswers(answers, teacherPortal, today);
        expect(parsed.ok || Object.keys(parsed.fields).length > 0).toBe(true);
      }),
    );
  });
});

describe('T-VER-04: what is corrected at the verification page', () => {
  const document = {
    type: 'resident_identity_card',
    number: '110199199508150127',
    birthDate: '1995-08-15',
    sex: 'female',
    region: null,
  } as const;

  test('is name and validity, judged by the document that is known', () => {
    const typed = { name: page.name, validityStart: page.validityStart, validityTerm: '10' };
    expect(parseCorrection(typed, document, today)).toEqual({
      ok: true,
      value: {
        name: '古丽·买买提',
        validity: { start: '2019-12-24', end: '2029-12-24', term: 10 },
      },
    });
    expect(
      parseCorrection({ ...typed, name: 'x', validityTerm: 'long_term' }, document, today),
    ).toEqual({
      ok: false,
      fields: {
        name: 'name.characters',
        validityTerm: 'validity_term.long_term_under_46',
      },
    });
  });

  test('a document is good on its last day and not on the next', () => {
    const typed = { name: page.name, validityStart: page.validityStart, validityTerm: '10' };
    expect(parseCorrection(typed, document, '2029-12-24').ok).toBe(true);
    expect(parseCorrection(typed, document, '2029-12-25')).toEqual({
      ok: false,
      fields: { validityStart: 'validity_end.expired' },
    });
  });
});

const reset = (code: string, password: string) =>
  together(
    parseCodeAnswers({ code }, { digits: 6 }),
    parsePasswordAnswers({ password, passwordAgain: password }, {}),
  );

describe('T-REG-08: the password page', () => {
  const person = { number: '110199199508150127', birthDate: '1995-08-15', mobile: '13900000000' };
  const check = (password: string, passwordAgain = password) =>
    parsePasswordAnswers({ password, passwordAgain }, person);

  test('the rule comes first, then personal data, then the repetition', () => {
    expect(check('abc', 'x')).toEqual({ ok: false, fields: { password: 'password.too_short' } });
    expect(check('Ab-19950815', 'x')).toEqual({
      ok: false,
      fields: { password: 'password.personal' },
    });
    expect(check('Lanhua-82*', 'Lanhua-82')).toEqual({
      ok: false,
      fields: { passwordAgain: 'password.mismatch' },
    });
    expect(check('Lanhua-82*')).toEqual({ ok: true, value: { password: 'Lanhua-82*' } });
  });

  test('T-PWD-03: what is wrong with the code and with the password is told at once', () => {
    expect(reset('402 918', 'Lanhua-82*')).toEqual({
      ok: true,
      value: { code: '402918', password: 'Lanhua-82*' },
    });
    expect(reset('40291', '')).toEqual({
      ok: false,
      fields: { code: 'code.format', password: 'password.missing' },
    });
    expect(reset('402918', 'abc')).toEqual({
      ok: false,
      fields: { password: 'password.too_short' },
    });
  });

  test('nothing is trimmed', () => {
    expect(check('Lanhua-82* ')).toEqual({
      ok: false,
      fields: { password: 'password.characters' },
    });
  });
});

describe('T-REG-09, T-REG-10, T-REG-12: contact and code', () => {
  test('mail and mobile are told together', () => {
    expect(
      parseContactAnswers({ email: 'name＠qq。com', mobile: '1390000000' }, teacherPortal),
    ).toEqual({
      ok: false,
      fields: { email: 'email.full_width_dot', mobile: 'mobile.format' },
    });
    expect(
      parseContactAnswers({ email: '10001@QQ.com', mobile: '+86 139-0000-0000' }, teacherPortal),
    ).toEqual({
      ok: true,
      value: { email: '10001@qq.com', mobile: '13900000000' },
    });
  });

  test.for([
    ['012345', '012345'],
    [' 012 345 ', '012345'],
    ['０１２-３４５', '012345'],
    ['01​2345', '012345'],
  ] as const)('the code "%s" is %s', ([code, value]) => {
    expect(parseCodeAnswers({ code }, { digits: 6 })).toEqual({ ok: true, value: { code: value } });
  });

  test.for([
    ['', 'code.missing'],
    [' ', 'code.missing'],
    ['01234', 'code.format'],
    ['0123456', 'code.format'],
    ['01234a', 'code.format'],
    ['٠١٢٣٤٥', 'code.format'],
    ['1e5000', 'code.format'],
  ] as const)('the code "%s" is refused: %s', ([code, reason]) => {
    expect(parseCodeAnswers({ code }, { digits: 6 })).toEqual({
      ok: false,
      fields: { code: reason },
    });
  });
});
