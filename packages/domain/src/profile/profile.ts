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
import { accept, type Parsed, refuse } from '../parsed.ts';
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
import { optionsOf } from './options.ts';

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
    return value && (profileField(field).mask?.(value) ?? value);
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
  return optionsOf(id)?.some(({ code }) => code === typed) ? accept(typed) : refuse(missing);
}

const isOfRegion = (id: ProfileField): id is FieldAsked<'number_of_region'> =>
  profileField(id).asked === 'number_of_region';

/** Parses one field of the profile for its document; what the document does not ask for is not read. */
function parseField(
  id: ProfileField,
  typed: string | DateAnswers,
  document: DocumentNumber,
  today: string,
): Parsed<string | null, string> {
  const field = profileField(id);
  const isAsked = documentOf(document.type).profileFields.includes(id);
  const byNumber = id === 'sex' || id === 'birthDate' ? document[id] : null;
  return said(field, byNumber, isAsked ? parseTyped(id, typed, document.region, today) : null);
}

/** Parses the profile for the document it completes. `today` is the date in Shanghai. */
export const parseProfileAnswers = (
  typed: SomeAnswers,
  document: DocumentNumber,
  today: string,
): Answers<Profile> =>
  collect(
    byProfileField((field) => parseField(field, typed[field] ?? '', document, today)),
  ) as Answers<Profile>;

/** One field of the profile as one text, a date as `2001-02-03` or as a card prints it. */
export function parseFieldText(
  id: ProfileField,
  typed: string,
  document: DocumentNumber,
  today: string,
): Parsed<string, string> {
  const date = profileField(id).asked === 'date' ? spreadPastedDate(typed) : null;
  const parsed = parseField(id, date ?? typed, document, today);
  if (!parsed.ok) return parsed;
  const isAsked = documentOf(document.type).profileFields.includes(id);
  return parsed.value !== null && isAsked ? accept(parsed.value) : refuse('input.shape');
}
