import type { DateAnswers } from '../answers.ts';
import {
  type DocumentNumber,
  parseDateParts,
  parseLocalDocumentNumber,
  parseTravelPermitNumber,
  type Region,
} from '../documents/index.ts';
import type { FieldCode } from '../field-codes.ts';
import { maskNumber } from '../mask.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import type { Bilingual } from '../portals/index.ts';
import { ethnicities } from './ethnicity.ts';

type Option = Bilingual & { code: string };

/**
 * A field of the profile as a value: everything that the form, the pages, the export, the help desk and the checks need to
 * know of it. Which documents ask for it is the document's to say (`profileFields` there).
 */
export type FieldOfProfile = {
  label: Bilingual;
  /** How the form asks for it; the numbers of a region stand beside a picture of the cards. */
  asked: 'choice' | 'date' | 'number_of_region';
  options?: readonly Option[];
  /** Reads what was typed. `today` is the date in Shanghai. */
  parse: (
    typed: string | DateAnswers,
    document: Pick<DocumentNumber, 'region'>,
    today: string,
  ) => Parsed<string, string>;
  /**
   * The refusal where the number of the document says something else (T-VER-03a), for what some numbers say themselves.
   * Such a field is never empty.
   */
  notOfNumber?: FieldCode;
  /** How pages show it before it is revealed; without a mask it is shown. */
  mask?: (value: string) => string;
  /**
   * Whether a check is about it: a verified person cannot correct it alone, and a correction ends what was attested
   * (T-PRO-03a).
   */
  isChecked?: boolean;
  /** Whether a verified person corrects it without a proof. */
  isFree?: boolean;
};

const choice = (options: readonly Option[], missing: FieldCode) => ({
  asked: 'choice' as const,
  options,
  parse: (typed: string | DateAnswers): Parsed<string> =>
    typeof typed === 'string' && options.some(({ code }) => code === typed)
      ? accept(typed)
      : refuse(missing),
});

const ofRegion = (parseNumber: (region: Region, typed: string) => Parsed<string, string>) => ({
  asked: 'number_of_region' as const,
  mask: maskNumber,
  parse: (typed: string | DateAnswers, { region }: Pick<DocumentNumber, 'region'>) =>
    region === null || typeof typed !== 'string'
      ? refuse('input.shape')
      : parseNumber(region, typed),
});

function parseBirthDate(typed: string | DateAnswers, _document: unknown, today: string) {
  const date = typeof typed === 'string' ? refuse('validity_start.missing') : parseDateParts(typed);
  if (!date.ok) {
    const isMissing = date.code === 'validity_start.missing';
    return refuse(isMissing ? 'birth_date.missing' : 'birth_date.not_a_date');
  }
  if (date.value > today) return refuse('birth_date.in_future');
  return date.value < '1900-01-01' ? refuse('birth_date.not_a_date') : accept(date.value);
}

/** T-PRO-01, T-PRO-02: what completes an account, in the order in which pages show it. */
export const profileFields = {
  sex: {
    label: { zh: '性别', en: 'Sex' },
    ...choice(
      [
        { code: 'female', zh: '女', en: 'Female' },
        { code: 'male', zh: '男', en: 'Male' },
      ],
      'sex.missing',
    ),
    notOfNumber: 'sex.not_of_number',
  },
  birthDate: {
    label: { zh: '出生日期', en: 'Date of birth' },
    asked: 'date',
    parse: parseBirthDate,
    notOfNumber: 'birth_date.not_of_number',
  },
  ethnicity: {
    label: { zh: '民族', en: 'Ethnicity' },
    ...choice(ethnicities, 'ethnicity.missing'),
    isFree: true,
  },
  travelPermitNumber: {
    label: { zh: '通行证号码', en: 'Travel permit number' },
    ...ofRegion(parseTravelPermitNumber),
    isChecked: true,
  },
  localDocumentNumber: {
    label: { zh: '当地身份证件号码', en: 'Local document number' },
    ...ofRegion(parseLocalDocumentNumber),
  },
} satisfies Record<string, FieldOfProfile>;

/** One field of the profile. */
export type ProfileField = keyof typeof profileFields;

/** Those that pages mask. */
export type MaskedField = {
  [F in ProfileField]: (typeof profileFields)[F] extends { mask: unknown } ? F : never;
}[ProfileField];

/** All of them. */
export const profileFieldIds = Object.keys(profileFields) as unknown as readonly [
  ProfileField,
  ...ProfileField[],
];

/** The field of an id. */
export const profileField = (field: ProfileField): FieldOfProfile => profileFields[field];

/** What the fields are called. */
export const profileNames = (language: 'zh' | 'en'): readonly string[] =>
  profileFieldIds.map((field) => profileFields[field].label[language]);

/** Whether a text names a field of the profile. */
export const isProfileField = (text: string): text is ProfileField =>
  Object.hasOwn(profileFields, text);

/** An object with one value for each field. */
export const byProfileField = <T>(of: (field: ProfileField) => T): Record<ProfileField, T> =>
  Object.fromEntries(profileFieldIds.map((field) => [field, of(field)])) as Record<ProfileField, T>;
