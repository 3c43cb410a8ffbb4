import { describe, expect, test } from 'vitest';
import { documentOf, type DocumentNumber } from '../documents/index.ts';
import { studentPortal } from '../portals/student.ts';
import { teacherPortal } from '../portals/teacher.ts';
import type { ProfileField } from './fields.ts';
import { fieldsAsked, fieldsLacking } from './asked.ts';
import {
  fieldsKnown,
  maskProfile,
  parseFieldText,
  parseProfileAnswers,
  type Profile,
  type ProfileAnswers,
  profileFrom,
  unmasked,
} from './profile.ts';

const today = '2026-11-21';
const nothing: ProfileAnswers = {
  ethnicity: '',
  sex: '',
  birthDate: { year: '', month: '', day: '' },
  localDocumentNumber: '',
  travelPermitNumber: '',
  nickname: '',
  householdRegion: '',
};
const card: DocumentNumber = {
  type: 'resident_identity_card',
  number: '110199199508150127',
  birthDate: '1995-08-15',
  sex: 'female',
  region: null,
};
const residence: DocumentNumber = {
  type: 'hmt_residence_permit',
  number: '830000199808080038',
  birthDate: '1998-08-08',
  sex: 'male',
  region: 'taiwan',
};
const permit: DocumentNumber = {
  type: 'hk_macao_travel_permit',
  number: 'M12345678',
  birthDate: null,
  sex: null,
  region: 'macao',
};
const taiwanPermit: DocumentNumber = {
  ...permit,
  type: 'taiwan_travel_permit',
  number: '12345678',
  region: 'taiwan',
};
const everything: ProfileAnswers = {
  ethnicity: '01',
  sex: 'male',
  birthDate: { year: '1990', month: '2', day: '3' },
  localDocumentNumber: '1234567(8)',
  travelPermitNumber: '00000038',
  nickname: '',
  householdRegion: '',
};

describe('T-PRO-01, T-PRO-02: what the person fills in', () => {
  test.for([
    ['身份证', card, ['ethnicity']],
    [
      '居住证',
      residence,
      ['sex', 'birthDate', 'ethnicity', 'travelPermitNumber', 'localDocumentNumber'],
    ],
    ['港澳通行证', permit, ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber']],
    ['台湾通行证', taiwanPermit, ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber']],
  ] as const)('with a %s', ([, document, fields]) => {
    expect(documentOf(document.type).profileFields).toEqual(fields);
    const refused = parseProfileAnswers(nothing, document, today);
    expect(new Set(refused.ok ? [] : Object.keys(refused.fields))).toEqual(new Set(fields));
  });

  test('T-PRO-01: what the number of a 身份证 says is not taken from the form', () => {
    expect(parseProfileAnswers({ ...everything, ethnicity: '05' }, card, today)).toEqual({
      ok: true,
      value: {
        ethnicity: '05',
        sex: 'female',
        birthDate: '1995-08-15',
        localDocumentNumber: null,
        travelPermitNumber: null,
        nickname: null,
        householdRegion: null,
      },
    });
  });

  test('T-PRO-02: the numbers are judged by where the holder comes from', () => {
    const born = { year: '1998', month: '8', day: '8' };
    const taiwan = { ...everything, birthDate: born, localDocumentNumber: 'A123456789' };
    expect(parseProfileAnswers(taiwan, residence, today)).toEqual({
      ok: true,
      value: {
        ethnicity: '01',
        sex: 'male',
        birthDate: '1998-08-08',
        localDocumentNumber: 'A123456789',
        travelPermitNumber: '00000038',
        nickname: null,
        householdRegion: null,
      },
    });
    const macao = parseProfileAnswers(
      { ...everything, birthDate: born, travelPermitNumber: 'M1' },
      residence,
      today,
    );
    expect(macao).toEqual({
      ok: false,
      fields: {
        localDocumentNumber: 'local_document_number.format',
        travelPermitNumber: 'travel_permit_number.format',
      },
    });
    expect(parseProfileAnswers(everything, permit, today)).toEqual({
      ok: true,
      value: {
        ethnicity: '01',
        sex: 'male',
        birthDate: '1990-02-03',
        localDocumentNumber: '1234567(8)',
        travelPermitNumber: null,
        nickname: null,
        householdRegion: null,
      },
    });
  });
});

test('T-VER-03a: what the number of a 居住证 says is compared with what the person says', () => {
  const answers = { ...everything, sex: 'female', localDocumentNumber: 'A123456789' };
  expect(parseProfileAnswers(answers, residence, today)).toEqual({
    ok: false,
    fields: { sex: 'sex.not_of_number', birthDate: 'birth_date.not_of_number' },
  });
});

describe('bad answers', () => {
  test.for([
    ['', '', '', 'birth_date.missing'],
    ['1990', '', '', 'birth_date.not_a_date'],
    ['1990', '2', '30', 'birth_date.not_a_date'],
    ['1899', '12', '31', 'birth_date.not_a_date'],
    ['2026', '11', '22', 'birth_date.in_future'],
  ] as const)('a birth date of "%s" "%s" "%s" is %s', ([year, month, day, code]) => {
    const answers = { ...everything, birthDate: { year, month, day } };
    expect(parseProfileAnswers(answers, permit, today)).toEqual({
      ok: false,
      fields: { birthDate: code },
    });
  });

  test.for([
    ['1900', '1', '1', '1900-01-01'],
    ['2026', '11', '21', '2026-11-21'],
  ] as const)('a birth date of %s %s %s is good: %s', ([year, month, day, birthDate]) => {
    const answers = { ...everything, birthDate: { year, month, day } };
    expect(parseProfileAnswers(answers, permit, today)).toMatchObject({ value: { birthDate } });
  });

  test.for(['', '00', '57', '1', '汉族', '__proto__'])('"%s" is no 民族', (ethnicity) => {
    expect(parseProfileAnswers({ ...everything, ethnicity }, card, today)).toEqual({
      ok: false,
      fields: { ethnicity: 'ethnicity.missing' },
    });
  });

  test.for(['', 'Male', '男', 'toString'])('"%s" is no sex', (sex) => {
    expect(parseProfileAnswers({ ...everything, sex }, permit, today)).toEqual({
      ok: false,
      fields: { sex: 'sex.missing' },
    });
  });
});

const lacking = (known: readonly ProfileField[]) =>
  fieldsLacking(studentPortal, 'resident_identity_card', known);

describe('S-NAM-01: nickname and 户籍', () => {
  const asked = fieldsAsked(studentPortal, 'resident_identity_card');
  const parse = (nickname: string, householdRegion: string) =>
    parseProfileAnswers({ nickname, householdRegion }, card, today, asked);

  test('are asked for by the portal, of whom they apply to', () => {
    expect(asked).toEqual(['nickname', 'householdRegion']);
    expect(fieldsAsked(studentPortal, 'passport')).toEqual(['sex', 'birthDate', 'nickname']);
    expect(fieldsAsked(studentPortal, 'soldier_certificate')).toContain('householdRegion');
    expect(fieldsAsked(teacherPortal, 'resident_identity_card')).toEqual(['ethnicity']);
  });

  test('a nickname may be missing; a county is 6 digits in a province, whatever the number begins with', () => {
    expect(parse('', '510104')).toMatchObject({
      value: { nickname: null, householdRegion: '510104', ethnicity: null, sex: 'female' },
    });
    expect(parse(' 小林 2 ', '110101')).toMatchObject({ value: { nickname: '小林 2' } });
  });

  test.for(['', '510000', '5101', '990101', '51010a', '110101 '])('%j is no county', (code) => {
    expect(parse('', code)).toEqual({
      ok: false,
      fields: { householdRegion: 'household_region.missing' },
    });
  });

  test('a nickname has up to 20 characters, and need not be given', () => {
    const nickname = 'a'.repeat(20);
    expect(parse(nickname, '110101')).toMatchObject({ value: { nickname } });
    const without = parseProfileAnswers({ householdRegion: '110101' }, card, today, asked);
    expect(without).toMatchObject({ value: { nickname: null } });
  });

  test.for(['a'.repeat(21), '<b>', '<b', 'b>', '\u0007', ' '])('%j is no nickname', (nickname) => {
    expect(parse(nickname, '110101')).toEqual({
      ok: false,
      fields: { nickname: 'nickname.format' },
    });
  });

  test('a portal lacks what it asks for and the profile does not say, but for what may stay empty', () => {
    expect(lacking(['sex', 'birthDate', 'ethnicity'])).toEqual(['householdRegion']);
    expect(lacking(['householdRegion'])).toEqual([]);
    expect(fieldsLacking(teacherPortal, 'resident_identity_card', ['householdRegion'])).toEqual([
      'ethnicity',
    ]);
  });
});

describe('what was not typed', () => {
  test('is missing where the document asks for it', () => {
    expect(parseProfileAnswers({}, permit, today)).toEqual({
      ok: false,
      fields: {
        sex: 'sex.missing',
        birthDate: 'birth_date.missing',
        ethnicity: 'ethnicity.missing',
        localDocumentNumber: 'local_document_number.missing',
      },
    });
  });

  test('sex and birth date are never empty, asked for or not', () => {
    expect(parseProfileAnswers(everything, permit, today, [])).toEqual({
      ok: false,
      fields: { sex: 'sex.not_of_number', birthDate: 'birth_date.not_of_number' },
    });
  });

  test('a number of a region is not asked of whom no number says where they come from', () => {
    expect(parseProfileAnswers(everything, card, today, ['travelPermitNumber'])).toEqual({
      ok: false,
      fields: { travelPermitNumber: 'input.shape' },
    });
  });
});

describe('a profile that is kept', () => {
  const profile: Profile = profileFrom({
    sex: 'male',
    birthDate: '1998-08-08',
    ethnicity: '01',
    travelPermitNumber: '00000038',
  });

  test('says nothing of a field that is younger', () => {
    expect(profile).toEqual({
      sex: 'male',
      birthDate: '1998-08-08',
      ethnicity: '01',
      travelPermitNumber: '00000038',
      localDocumentNumber: null,
      nickname: null,
      householdRegion: null,
    });
    expect(fieldsKnown(profile)).toEqual(['sex', 'birthDate', 'ethnicity', 'travelPermitNumber']);
    expect(fieldsKnown(null)).toEqual([]);
  });

  test('T-PRO-04: is shown with its numbers masked, and they alone are revealed', () => {
    expect(maskProfile(profile)).toEqual({ ...profile, travelPermitNumber: '00****38' });
    expect(unmasked(profile)).toEqual({
      travelPermitNumber: '00000038',
      localDocumentNumber: null,
    });
    expect(unmasked(null)).toEqual({ travelPermitNumber: null, localDocumentNumber: null });
  });
});

test.for([
  ['sex', 'female', permit, 'female'],
  ['sex', 'other', permit, 'sex.missing'],
  ['birthDate', '2001-02-03', permit, '2001-02-03'],
  ['birthDate', '2001.02.03', permit, '2001-02-03'],
  ['birthDate', 'long ago', permit, 'birth_date.missing'],
  ['travelPermitNumber', '00000038', residence, '00000038'],
  ['nickname', '小林', permit, '小林'],
  ['householdRegion', '510104', card, '510104'],
  // What may stay empty is no correction, and neither is what the number says or the document does not have.
  ['nickname', '', permit, 'input.shape'],
  ['sex', 'female', card, 'input.shape'],
  ['travelPermitNumber', 'H12345678', card, 'input.shape'],
  ['householdRegion', '510104', permit, 'input.shape'],
] as const)('%s as the one text "%s"', ([field, typed, document, outcome]) => {
  const parsed = parseFieldText(field, typed, document, today);
  expect(parsed.ok ? parsed.value : parsed.code).toBe(outcome);
});
