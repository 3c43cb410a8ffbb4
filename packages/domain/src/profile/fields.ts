import type { FieldCode } from '../field-codes.ts';
import type { Bilingual } from '../portals/index.ts';

/**
 * A field of the profile as a value: everything that the form, the pages, the export, the help desk and the checks need to
 * know of it. Which documents ask for it is the document's to say (`profileFields` there), its options are in `options.ts`.
 */
export type FieldOfProfile = {
  label: Bilingual;
  /** How the form asks for it; the numbers of a region stand beside a picture of the cards. */
  asked: 'choice' | 'date' | 'number_of_region' | 'text' | 'county';
  /** The refusal where nothing was typed, or nothing that is offered. */
  missing: FieldCode;
  /**
   * The refusal where the number of the document says something else (T-VER-03a), for what some numbers say themselves.
   * Such a field is never empty.
   */
  notOfNumber?: FieldCode;
  /** Whether pages mask it, as they do a number, before it is revealed. */
  isMasked?: boolean;
  /**
   * Whether a check is about it: a verified person cannot correct it alone, and a correction ends what was attested
   * (T-PRO-03a).
   */
  isChecked?: boolean;
  /** Whether a verified person corrects it without a proof. */
  isFree?: boolean;
  /** Whether it may stay empty. */
  isOptional?: boolean;
  /** Whom it is asked of where a portal asks for it; without it, the document says. */
  of?: 'everybody' | 'households';
};

/** T-PRO-01, T-PRO-02, S-NAM-01: what completes an account, in the order in which pages show it. */
export const profileFields = {
  sex: {
    label: { zh: '性别', en: 'Sex' },
    asked: 'choice',
    missing: 'sex.missing',
    notOfNumber: 'sex.not_of_number',
  },
  birthDate: {
    label: { zh: '出生日期', en: 'Date of birth' },
    asked: 'date',
    missing: 'birth_date.missing',
    notOfNumber: 'birth_date.not_of_number',
  },
  ethnicity: {
    label: { zh: '民族', en: 'Ethnicity' },
    asked: 'choice',
    missing: 'ethnicity.missing',
    isFree: true,
  },
  travelPermitNumber: {
    label: { zh: '通行证号码', en: 'Travel permit number' },
    asked: 'number_of_region',
    missing: 'travel_permit_number.missing',
    isMasked: true,
    isChecked: true,
  },
  localDocumentNumber: {
    label: { zh: '当地身份证件号码', en: 'Local document number' },
    asked: 'number_of_region',
    missing: 'local_document_number.missing',
    isMasked: true,
  },
  nickname: {
    label: { zh: '昵称', en: 'Nickname' },
    asked: 'text',
    missing: 'nickname.format',
    isFree: true,
    isOptional: true,
    of: 'everybody',
  },
  /** 户籍: the code of a county (GB/T 2260). The first digits of a number tell where it was first issued, which may be elsewhere. */
  householdRegion: {
    label: { zh: '户籍所在地', en: 'Registered residence' },
    asked: 'county',
    missing: 'household_region.missing',
    isFree: true,
    of: 'households',
  },
} as const satisfies Record<string, FieldOfProfile>;

/** One field of the profile. */
export type ProfileField = keyof typeof profileFields;

/** The fields that are asked for in one way. */
export type FieldAsked<A extends FieldOfProfile['asked']> = {
  [F in ProfileField]: (typeof profileFields)[F]['asked'] extends A ? F : never;
}[ProfileField];

/** Those that pages mask. */
export type MaskedField = {
  [F in ProfileField]: (typeof profileFields)[F] extends { isMasked: true } ? F : never;
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

/** Whether pages mask a field. */
export const isMaskedField = (field: ProfileField): field is MaskedField =>
  profileField(field).isMasked === true;

/** An object with one value for each field. */
export const byProfileField = <T>(of: (field: ProfileField) => T): Record<ProfileField, T> =>
  Object.fromEntries(profileFieldIds.map((field) => [field, of(field)])) as Record<ProfileField, T>;
