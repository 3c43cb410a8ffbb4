import {
  type DocumentNumber,
  documentOf,
  parseDateParts,
  parseLocalDocumentNumber,
  parseTravelPermitNumber,
  type Sex,
} from './documents/index.ts';
import { isEthnicity } from './ethnicity.ts';
import type { FieldCode } from './field-codes.ts';
import { maskNumber } from './mask.ts';
import type { Parsed } from './parsed.ts';
import { type Answers, collect, type DateAnswers } from './answers.ts';

/** What the profile page asks, as typed. Fields that a document does not ask for stay empty. */
export type ProfileAnswers = {
  ethnicity: string;
  sex: string;
  birthDate: DateAnswers;
  localDocumentNumber: string;
  travelPermitNumber: string;
};

/** T-PRO-01, T-PRO-02: what completes an account. Fields are `null` where the document does not ask for them. */
export type Profile = {
  ethnicity: string | null;
  sex: Sex;
  birthDate: string;
  localDocumentNumber: string | null;
  travelPermitNumber: string | null;
};

export const profileFields = [
  'sex',
  'birthDate',
  'ethnicity',
  'localDocumentNumber',
  'travelPermitNumber',
] as const satisfies readonly (keyof Profile)[];
export type ProfileField = keyof Profile;

/** A profile as pages show it: every field, the numbers masked. */
export const maskProfile = ({ localDocumentNumber, travelPermitNumber, ...shown }: Profile) => ({
  ...shown,
  maskedLocalDocumentNumber: localDocumentNumber && maskNumber(localDocumentNumber),
  maskedTravelPermitNumber: travelPermitNumber && maskNumber(travelPermitNumber),
});

function parseEthnicity(typed: string): Parsed<string> {
  return isEthnicity(typed)
    ? { ok: true, value: typed, notices: [] }
    : { ok: false, code: 'ethnicity.missing' };
}

function parseSex(typed: string): Parsed<Sex> {
  return typed === 'male' || typed === 'female'
    ? { ok: true, value: typed, notices: [] }
    : { ok: false, code: 'sex.missing' };
}

function parseBirthDate(typed: DateAnswers, today: string): Parsed<string> {
  const date = parseDateParts(typed);
  if (!date.ok) {
    const isMissing = date.code === 'validity_start.missing';
    return { ok: false, code: isMissing ? 'birth_date.missing' : 'birth_date.not_a_date' };
  }
  if (date.value > today) return { ok: false, code: 'birth_date.in_future' };
  return date.value < '1900-01-01' ? { ok: false, code: 'birth_date.not_a_date' } : date;
}

const given = <T>(value: T): Parsed<T> => ({ ok: true, value, notices: [] });

/**
 * What the number says and what the person says, where the document asks: of a number that no check compares with
 * anything, both have to be the same (T-VER-03a).
 */
function said<T>(byNumber: T | null, typed: Parsed<T> | false, otherwise: FieldCode): Parsed<T> {
  if (typed === false) return byNumber === null ? { ok: false, code: otherwise } : given(byNumber);
  const isOther = typed.ok && byNumber !== null && typed.value !== byNumber;
  return isOther ? { ok: false, code: otherwise } : typed;
}

/** What stays as it is once the person is verified: it is what was checked. */
export const fixedOnceVerified: readonly ProfileField[] = ['travelPermitNumber'];

/** Parses the profile for the document it completes. `today` is the date in Shanghai. */
export function parseProfileAnswers(
  typed: ProfileAnswers,
  document: DocumentNumber,
  today: string,
): Answers<Profile> {
  const { region } = document;
  const asks = (field: ProfileField) => documentOf(document.type).profileFields.includes(field);
  return collect({
    ethnicity: asks('ethnicity') ? parseEthnicity(typed.ethnicity) : given(null),
    sex: said(document.sex, asks('sex') && parseSex(typed.sex), 'sex.not_of_number'),
    birthDate: said(
      document.birthDate,
      asks('birthDate') && parseBirthDate(typed.birthDate, today),
      'birth_date.not_of_number',
    ),
    localDocumentNumber:
      asks('localDocumentNumber') && region !== null
        ? parseLocalDocumentNumber(region, typed.localDocumentNumber)
        : given(null),
    travelPermitNumber:
      asks('travelPermitNumber') && region !== null
        ? parseTravelPermitNumber(region, typed.travelPermitNumber)
        : given(null),
  });
}
