import { isRealDate, shanghaiDate } from './calendar.ts';
import type { Contact } from './contact.ts';
import {
  checkValidity,
  type DocumentNumber,
  parseDocumentType,
  parseDocumentNumber,
  documentOf,
  parseName,
  termsOffered,
  validityEnds,
} from './documents/index.ts';
import { parseEmail } from './email.ts';
import type { FieldCode } from './field-codes.ts';
import type { Identity } from './identity.ts';
import { parseMobile } from './mobile.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/** The columns of a file with accounts of the old system. */
export const legacyColumns = [
  'document_type',
  'document_number',
  'name',
  'validity_start',
  'validity_end',
  'mobile',
  'email',
  'registered_at',
] as const;
export type LegacyColumn = (typeof legacyColumns)[number];

/** The columns of accounts that are handed over to be activated: no mail address, and no validity (E-ACT-01). */
const handedOverColumns: readonly LegacyColumn[] = [
  'document_type',
  'document_number',
  'name',
  'mobile',
  'registered_at',
];

/** The columns of a file that a portal imports. */
export const importedColumns = ({ activates }: Pick<Portal, 'activates'>) =>
  activates ? handedOverColumns : legacyColumns;

/** One row, as the file has it. */
export type LegacyRow = Readonly<Partial<Record<LegacyColumn, string>>>;

/** What is known of an account of the old system. Its password is not. */
export type LegacyAccount = {
  identity: Identity;
  /** A contact that is not known is empty. */
  contact: Contact;
  registeredAtMs: number;
};

/** Why a column is refused: as on a page, or for what no page asks. */
export type LegacyCode = FieldCode | 'registered_at.format' | 'registered_at.in_future';
export type LegacyRefusal = { column: LegacyColumn; code: LegacyCode };

type Instant = { ok: true; value: number } | { ok: false; code: LegacyCode };

/** RFC 3339, with its zone; the day is another question. */
const instant =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
// Before it there were no accounts of web sites: what is older is a default value or a slip.
const earliestYear = 1995;

/** Date.parse takes 31 April for 1 May, by which an account may pass the day since which passwords can be reset. */
function parseInstant(text: string, nowMs: number): Instant {
  const [year = 0, month = 0, day = 0] = (instant.exec(text) ?? []).slice(1).map(Number);
  if (year < earliestYear || !isRealDate(year, month, day)) {
    return { ok: false, code: 'registered_at.format' };
  }
  const atMs = Date.parse(text);
  return atMs > nowMs ? { ok: false, code: 'registered_at.in_future' } : { ok: true, value: atMs };
}

/**
 * The first and last day as the document prints them; the last is empty for 长期. The term is what lies between. Judged
 * as on its first day, for a document that has expired since is none the worse.
 */
function parsePrinted(
  { validity_start: start = '', validity_end: end = '' }: LegacyRow,
  { type, birthDate }: DocumentNumber,
  today: string,
): Parsed<Identity['validity'], 'unusual_term'> {
  const printedEnd = end === '' ? null : end;
  const offer = termsOffered(type, null, null).find(({ term }) =>
    validityEnds(type, start, term).includes(printedEnd),
  );
  const judged = checkValidity({
    type,
    birthDate,
    start,
    term: offer?.term ?? null,
    today: start < today ? start : today,
  });
  if (judged.ok) return { ...judged, value: { ...judged.value, end: printedEnd } };
  return judged.code === 'validity_term.missing' ? refuse('validity_term.not_offered') : judged;
}

/**
 * Parses a row by the rules of a registration. `nowMs` is the time of the import. Either the account, or every refused
 * column with its code.
 */
export function parseLegacyRow(
  row: LegacyRow,
  portal: Portal,
  nowMs: number,
): { ok: true; value: LegacyAccount } | { ok: false; refusals: readonly LegacyRefusal[] } {
  const registered = parseInstant(row.registered_at ?? '', nowMs);
  const isAsked = (column: LegacyColumn) => importedColumns(portal).includes(column);
  const today = shanghaiDate(nowMs);
  const type = parseDocumentType(row.document_type ?? '', portal);
  const number = type.ok
    ? parseDocumentNumber(type.value, row.document_number ?? '', today, portal)
    : type;
  const printed = number.ok ? parsePrinted(row, number.value, today) : null;
  const validity = isAsked('validity_start') ? printed : accept(null);
  const name = parseName(row.name ?? '', type.ok ? documentOf(type.value).name : undefined);
  // Of accounts that are handed over, a mobile may be known.
  const { mobile: typedMobile = '' } = row;
  const isMobileKnown = typedMobile !== '' || !portal.activates;
  const mobile = isMobileKnown ? parseMobile(typedMobile) : accept('');
  const email = isAsked('email') ? parseEmail(row.email ?? '') : accept('');
  if (number.ok && validity?.ok === true && name.ok && mobile.ok && email.ok && registered.ok) {
    return {
      ok: true,
      value: {
        identity: { ...number.value, name: name.value, validity: validity.value },
        contact: { email: email.value, mobile: mobile.value },
        registeredAtMs: registered.value,
      },
    };
  }
  const isOfStart = validity?.ok === false && validity.code.startsWith('validity_start.');
  const columns = [
    [type.ok ? 'document_number' : 'document_type', number],
    ['name', name],
    [isOfStart ? 'validity_start' : 'validity_end', validity],
    ['mobile', mobile],
    ['email', email],
    ['registered_at', registered],
  ] as const;
  return {
    ok: false,
    refusals: columns.flatMap(([column, parsed]) =>
      parsed === null || parsed.ok ? [] : [{ column, code: parsed.code }],
    ),
  };
}
