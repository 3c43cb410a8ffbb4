import { type Answers, collect, type DateAnswers } from './answers.ts';
import {
  checkValidity,
  documentOf,
  type DocumentNumber,
  parseDateParts,
  parseName,
  validityEnds,
  type ValidityTerm,
  validityTerms,
} from './documents/index.ts';
import { accept, type Parsed, refuse } from './parsed.ts';

/**
 * What may be corrected of an identity (T-VER-04); its number never changes. `validity: null` where the document has no
 * dates that are asked for, `end: null` is 长期.
 */
export type Correction = {
  name: string;
  validity: { start: string; end: string | null; term: ValidityTerm } | null;
};

/** Everything on an identity document that an account is made of. */
export type Identity = DocumentNumber & Correction;

/** Whether both say the same of name and validity. */
export const isSameCorrection = (one: Correction, other: Correction): boolean =>
  one.name === other.name &&
  one.validity?.start === other.validity?.start &&
  one.validity?.end === other.validity?.end;

function parseTerm(typed: string): Parsed<ValidityTerm> {
  const term = validityTerms.find((known) => String(known) === typed);
  return term === undefined
    ? { ok: false, code: 'validity_term.missing' }
    : { ok: true, value: term, notices: [] };
}

/** Validity as a card prints it: `2022.03.01-2042.03.01`, `2022.03.01-长期`. */
export const printValidity = ({ start, end }: NonNullable<Correction['validity']>): string =>
  [start, end ?? '长期'].join('-').replaceAll(/(?<=\d)-(?=\d\d(?:-|$))/g, '.');

const dateIn = ([, year = '', month = '', day = '']: readonly string[] = []) =>
  parseDateParts({ year, month, day });

/** Reads validity as a card prints it. Refuses with `validity_start.*`, `validity_term.*`, `validity_end.expired`. */
export function parsePrintedValidity(
  typed: string,
  { type, birthDate }: Pick<DocumentNumber, 'type' | 'birthDate'>,
  today: string,
): Parsed<NonNullable<Correction['validity']>> {
  const [from, to] = typed.matchAll(/(\d{4})\D?(\d{1,2})\D?(\d{1,2})|长期/gu);
  const start = dateIn(from);
  const end = to?.[0] === '长期' ? accept(null) : dateIn(to);
  if (!start.ok || !end.ok) return refuse('validity_start.not_a_date');
  const { terms } = documentOf(type).validity ?? { terms: [] };
  const term = terms.find((each) =>
    (validityEnds(type, start.value, each) as readonly unknown[]).includes(end.value),
  );
  if (term === undefined) return refuse('validity_term.not_offered');
  const checked = checkValidity({ type, birthDate, start: start.value, term, today });
  return checked.ok ? accept(checked.value) : checked;
}

/** T-VER-04: the part of an identity that may be corrected at the verification page: name and validity. */
export type CorrectionAnswers = { name: string; validityStart: DateAnswers; validityTerm: string };

/** Name and validity of a document whose number is known already. `today` is the date in Shanghai. */
export function parseCorrection(
  typed: CorrectionAnswers,
  document: DocumentNumber,
  today: string,
): Answers<Correction> {
  const { name: script, validity: rule } = documentOf(document.type);
  const name = parseName(typed.name, script);
  if (rule === null) return collect({ name, validity: accept(null) });
  const start = parseDateParts(typed.validityStart);
  const term = parseTerm(typed.validityTerm);
  const fields = collect({ name, validityStart: start, validityTerm: term });
  if (!start.ok || !term.ok) return fields as Answers<never>;
  const validity = checkValidity({
    type: document.type,
    birthDate: document.birthDate,
    start: start.value,
    term: term.value,
    today,
  });
  if (!validity.ok) {
    const field = validity.code.startsWith('validity_term.') ? 'validityTerm' : 'validityStart';
    return { ok: false, fields: { ...(fields.ok ? {} : fields.fields), [field]: validity.code } };
  }
  return fields.ok
    ? { ok: true, value: { name: fields.value.name, validity: validity.value } }
    : fields;
}
