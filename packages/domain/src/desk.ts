import type { Answers } from './answers.ts';
import { numberKey, parseName, parseNumberAlone } from './documents/index.ts';
import type { AccountField } from './account-fields.ts';
import type { HelpDeskReason } from './help-desk.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { CaseOutcome, CaseStatus } from './cases/case.ts';
import { parseCaseNumber } from './cases/number.ts';
import type { PhotoSide } from './cases/photo-sides.ts';
import { isReason, isReturnable, reasonNoteMaxLength, type CaseReason } from './cases/reasons.ts';
import type { StaffRole } from './staff.ts';
import { cleanText } from './text.ts';
import type { MaskedField } from './profile/fields.ts';

/** Cases on a page of the queue. */
export const queuePageSize = 50;

/** What the queue can be asked for: a draft is nobody's case yet. */
export const queueStatuses = [
  'waiting',
  'deciding',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
] as const satisfies readonly CaseStatus[];
export type QueueStatus = (typeof queueStatuses)[number];

/** What is masked on the screen of a case until somebody asks for it. */
export type RevealItem = 'number' | MaskedField;

/** What a member of staff can have looked at, as the person reads it in the history of the account. */
export type LookedAt =
  | PhotoSide
  | AccountField
  | 'correction'
  /** Those of a record that its person disputes. */
  | 'photos'
  /** What the screen of a case shows at once, and that a search has found a request. */
  | 'request'
  | 'search'
  /** The account at the help desk, masked, and what the audit has of it. */
  | 'account'
  | 'trail';

/**
 * A look of the staff, as the person reads of it: in which role, at what, and why, where it was the help desk. Who it
 * was is for the audit.
 */
export type StaffLook = {
  role: StaffRole;
  items: readonly LookedAt[];
  reason: HelpDeskReason | null;
};

/** A decision as it is sent: the sentences as typed. */
export type DecisionAnswers = { outcome: CaseOutcome; reasons: readonly CaseReason[] };

const cleanReason = ({ code, item, mark, note }: CaseReason): CaseReason => ({
  code,
  item,
  mark,
  note: (note === null ? '' : cleanText(note)) || null,
});

const isLong = ({ note }: CaseReason) => Array.from(note ?? '').length > reasonNoteMaxLength;

/**
 * T-CON-04: whether a decision can stand. An approval has no reasons; the others have one at least, and each once;
 * what is sent back can be corrected within the request. Refuses `reasons` with `decision_reasons.*`, `text.too_long`
 * or, where no page would send it, `input.shape`.
 */
export function parseDecision({ outcome, reasons }: DecisionAnswers): Answers<CaseReason[]> {
  const cleaned = reasons.map(cleanReason);
  const kinds = new Set(cleaned.map(({ code, item }) => `${code} ${item}`));
  const parsed = ((): Parsed<CaseReason[]> => {
    if (outcome === 'approve') return cleaned.length === 0 ? accept([]) : refuse('input.shape');
    if (cleaned.length === 0) return refuse('decision_reasons.missing');
    if (cleaned.some(isLong)) return refuse('text.too_long');
    if (kinds.size < cleaned.length || !cleaned.every(isReason)) return refuse('input.shape');
    return outcome === 'return' && !cleaned.every(({ item }) => isReturnable(item))
      ? refuse('decision_reasons.not_returnable')
      : accept(cleaned);
  })();
  return parsed.ok
    ? { ok: true, value: parsed.value }
    : { ok: false, fields: { reasons: parsed.code } };
}

/** Why a senior opens a case again that was decided: coded, for it stands in the audit, which names nobody. */
export const reopenReasons = ['wrong_decision', 'new_evidence', 'complaint'] as const;
export type ReopenReason = (typeof reopenReasons)[number];

/** What is searched for: a case number, the key of a document number (`numberKey`), or a name; `null` for nothing of these. */
export type DeskSearch = { by: 'caseNumber' | 'number' | 'name'; value: string };

/** Reads what was typed into the one search field of the console. `today` is the date in Shanghai. */
export function readSearch(typed: string, today: string): DeskSearch | null {
  const caseNumber = parseCaseNumber(typed);
  if (caseNumber !== null) return { by: 'caseNumber', value: caseNumber };
  const number = parseNumberAlone(typed, today);
  if (number.ok) return { by: 'number', value: numberKey(number.value) };
  const name = parseName(typed, 'any');
  return name.ok ? { by: 'name', value: name.value } : null;
}
