import { type Answers, collect, type DateAnswers } from '../answers.ts';
import {
  type DocumentNumber,
  documentOf,
  parseDateParts,
  parseLocalDocumentNumber,
  parseTravelPermitNumber,
  type Region,
  type Sex,
  spreadPastedDate,
} from '../documents/index.ts';
import { maskNumber } from '../mask.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import { appliesTo } from './asked.ts';
import {
  byProfileField,
  isMaskedField,
  type FieldAsked,
  type FieldOfProfile,
  type MaskedField,
  profileField,
  type ProfileField,
  profileFieldIds,
  type profileFields,
} from './fields.ts';
import { isCounty, optionCodes } from './codes.ts';

/** The fields of which a profile says something. */
export const fieldsKnown = (profile: Profile | null): readonly ProfileField[] =>
  profile === null ? [] : profileFieldIds.filter((field) => profile[field] !== null);

/** What the profile page asks, as typed. Fields that a document does not ask for stay empty. */
export type ProfileAnswers = {
  [F in ProfileField]: (typeof profileFields)[F]['asked'] extends 'date' ? DateAnswers : string;
};

/** The same without what a document does not ask for. */
export type SomeAnswers = { [F in ProfileField]?: ProfileAnswers[F] | undefined };

/** What completes an account. Fields are `null` where the document does not ask for them. */
export type Profile = Record<ProfileField, string | null> & { sex: Sex; birthDate: string };

/** A profile as it is kept, which may be older than a field. */
export const profileFrom = (stored: Partial<Profile>) =>
  byProfileField((field) => stored[field] ?? null) as Profile;

/** A profile as pages show it: every field, the numbers masked. */
export const maskProfile = (profile: Profile): Profile =>
  byProfileField((field) => {
    const value = profile[field];
    return value && (isMaskedField(field) ? maskNumber(value) : value);
  }) as Profile;

/** What of a profile is masked, in full; `null` where the person has none. */
export const unmasked = (profile: Profile | null): Record<MaskedField, string | null> =>
  Object.fromEntries(
    profileFieldIds
      .filter(isMaskedField)
      .map((field) => [field, profile === null ? null : profile[field]]),
  ) as Record<MaskedField, string | null>;

/**
 * What the number says and what the person says, where the document asks: of a number that no check compares with
 * anything, both have to be the same (T-VER-03a).
 */
function said(
  field: FieldOfProfile,
  byNumber: string | null,
  typed: Parsed<string, string> | null,
): Parsed<string | null, string> {
  const { notOfNumber } = field;
  if (notOfNumber === undefined) return typed ?? accept(null);
  if (typed === null) return byNumber === null ? refuse(notOfNumber) : accept(byNumber);
  const isOther = typed.ok && byNumber !== null && typed.value !== byNumber;
  return isOther ? refuse(notOfNumber) : typed;
}

const numberOf: Record<
  FieldAsked<'number_of_region'>,
  (region: Region, typed: string) => Parsed<string, string>
> = {
  travelPermitNumber: parseTravelPermitNumber,
  localDocumentNumber: parseLocalDocumentNumber,
};

function parseBirthDate(typed: DateAnswers, today: string): Parsed<string> {
  const date = parseDateParts(typed);
  if (!date.ok) {
    const isMissing = date.code === 'validity_start.missing';
    return refuse(isMissing ? 'birth_date.missing' : 'birth_date.not_a_date');
  }
  if (date.value > today) return refuse('birth_date.in_future');
  return date.value < '1900-01-01' ? refuse('birth_date.not_a_date') : date;
}

function parseTyped(
  id: ProfileField,
  typed: string | DateAnswers,
  region: Region | null,
  today: string,
): Parsed<string, string> {
  const { missing } = profileField(id);
  if (typeof typed !== 'string') return parseBirthDate(typed, today);
  if (isOfRegion(id)) return region === null ? refuse('input.shape') : numberOf[id](region, typed);
  const { asked } = profileField(id);
  if (asked === 'county') return isCounty(typed) ? accept(typed) : refuse(missing);
  if (asked === 'text') return isShortText(typed.trim()) ? accept(typed.trim()) : refuse(missing);
  return isOfChoice(id) && optionCodes[id].test(typed) ? accept(typed) : refuse(missing);
}

/** Up to 20 letters, digits, spaces and what joins them. */
const isShortText = (text: string): boolean => /^[\p{L}\p{M}\p{N}·_. -]{1,20}$/u.test(text);

const isOfChoice = (id: ProfileField): id is FieldAsked<'choice'> =>
  profileField(id).asked === 'choice';

const isOfRegion = (id: ProfileField): id is FieldAsked<'number_of_region'> =>
  profileField(id).asked === 'number_of_region';

/** Parses one field of the profile; what is not asked for is not read. */
function parseField(
  id: ProfileField,
  typed: string | DateAnswers,
  document: DocumentNumber,
  today: string,
  asked: readonly ProfileField[],
): Parsed<string | null, string> {
  const field = profileField(id);
  const isAsked = asked.includes(id) && !(field.isOptional === true && typed === '');
  const byNumber = id === 'sex' || id === 'birthDate' ? document[id] : null;
  return said(field, byNumber, isAsked ? parseTyped(id, typed, document.region, today) : null);
}

/**
 * Parses what is asked of the holder of a document: by default what the document asks for. `today` is the date in
 * Shanghai.
 */
export const parseProfileAnswers = (
  typed: SomeAnswers,
  document: DocumentNumber,
  today: string,
  asked: readonly ProfileField[] = documentOf(document.type).profileFields,
): Answers<Profile> =>
  collect(
    byProfileField((field) => parseField(field, typed[field] ?? '', document, today, asked)),
  ) as Answers<Profile>;

/** One field of the profile as one text, a date as `2001-02-03` or as a card prints it. */
export function parseFieldText(
  id: ProfileField,
  typed: string,
  document: DocumentNumber,
  today: string,
): Parsed<string, string> {
  const date = profileField(id).asked === 'date' ? spreadPastedDate(typed) : null;
  const isAsked = appliesTo(id, documentOf(document.type));
  const parsed = parseField(id, date ?? typed, document, today, isAsked ? [id] : []);
  if (!parsed.ok) return parsed;
  return parsed.value !== null && isAsked ? accept(parsed.value) : refuse('input.shape');
}
