import { documentOf, parseProfileAnswers } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import type { ProfileView } from '../shared/identity-rows.ts';
import { identityRows } from '../shared/identity-rows.ts';
import {
  askedFields,
  documentOfForm,
  type KnownProfile,
  hasMaskedNumbers,
  profileAnswers,
} from './profile-form.ts';

const today = '2026-11-21';

const permit = (changes: Partial<KnownProfile> = {}): KnownProfile => ({
  documentType: 'hk_macao_travel_permit',
  birthDate: null,
  sex: null,
  region: 'hong_kong',
  maskedNumber: 'H1*****78',
  maskedName: '温**',
  validity: { start: '2023-04-10', end: '2033-04-10', term: 10 },
  maskedMobile: '199*****13',
  maskedEmail: 'so****@example.com',
  isProved: { mobile: true, email: true },
  level: 2,
  proved: null,
  fields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
  profile: null,
  ...changes,
});
const completed: NonNullable<ProfileView['profile']> = {
  ethnicity: '01',
  sex: 'female',
  birthDate: '1990-01-02',
  localDocumentNumber: 'AB******3)',
  travelPermitNumber: null,
  nickname: null,
  householdRegion: null,
};

describe('which fields the profile page asks for', () => {
  test('T-PRO-02: those of the document, for the first time and for a change', () => {
    expect(askedFields(permit())).toEqual(permit().fields);
    expect(askedFields(permit({ profile: completed }))).toEqual(permit().fields);
  });

  test('T-PRO-03a: after verification all but the number that was checked', () => {
    const verified = { profile: completed, level: 3 } as const;
    expect(askedFields(permit(verified))).toEqual(permit().fields);
    const fields = ['sex', 'travelPermitNumber'] as const;
    expect(askedFields(permit({ ...verified, fields }))).toEqual(['sex']);
  });

  test('numbers from before are shown on request only, and where there are none nothing is asked', () => {
    expect(hasMaskedNumbers(permit())).toBe(false);
    expect(hasMaskedNumbers(permit({ profile: completed }))).toBe(true);
    expect(hasMaskedNumbers(permit({ profile: { ...completed, localDocumentNumber: null } }))).toBe(
      false,
    );
  });

  test('the form begins with what is known, dates in their three parts', () => {
    const revealed = {
      number: 'H12345678',
      name: '温以恒',
      mobile: '19900000013',
      email: 'someone@example.com',
      localDocumentNumber: 'AB987654(3)',
      travelPermitNumber: null,
    };
    expect(profileAnswers(permit({ profile: completed }), revealed)).toEqual({
      sex: 'female',
      birthDate: { year: '1990', month: '01', day: '02' },
      ethnicity: '01',
      travelPermitNumber: '',
      localDocumentNumber: 'AB987654(3)',
      nickname: '',
      householdRegion: '',
    });
    expect(profileAnswers(permit(), undefined).birthDate).toEqual({ year: '', month: '', day: '' });
  });

  test("T-PRO-02: the holder's region judges the local number, though the permit's number stays masked", () => {
    const typed = { ...profileAnswers(permit({ profile: completed }), undefined) };
    const judge = (localDocumentNumber: string, view = permit()) =>
      parseProfileAnswers({ ...typed, localDocumentNumber }, documentOfForm(view), today);
    expect(judge('AB987654(3)').ok).toBe(true);
    expect(judge('AB987654(4)')).toEqual({
      ok: false,
      fields: { localDocumentNumber: 'local_document_number.check_digit' },
    });
    const macao = permit({ region: 'macao', maskedNumber: 'M8*****21' });
    expect(judge('1234567(8)', macao).ok).toBe(true);
    expect(documentOf(macao.documentType).profileFields).toEqual(macao.fields);
  });
});

describe('T-PRO-04: the rows of 个人身份信息', () => {
  test('rows that the document does not have are left out, and everything is masked until it is revealed', () => {
    const rows = identityRows(permit({ profile: completed }));
    expect(rows.map(({ key }) => key)).not.toContain('travelPermitNumber');
    expect(rows.find(({ key }) => key === 'number')?.value).toBe('H1*****78');
    expect(rows.find(({ key }) => key === 'region')?.value).toBe('香港');
  });
});
