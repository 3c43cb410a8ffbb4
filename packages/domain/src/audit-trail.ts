import { accept, type Parsed, refuse } from './parsed.ts';
import { type DayRange, parseDayRange } from './statistics.ts';

/** Rows on a page of the audit trail. */
export const auditPageSize = 50;
/** Rows that one request brings for a file, and the most that a file has. */
export const auditExportPageSize = 500;
export const auditExportRows = 20_000;

/** What the audit is searched for; an empty text asks for nothing. */
export type AuditQuery = {
  accountId: string;
  /** `staff:<id>`, `applicant:<id>`, `system:<job>` or `anonymous`; without an id, all of that kind. */
  actor: string;
  /** An action, `desk.revealed`, or an area, `desk`. */
  action: string;
  /** Days in Shanghai, `YYYY-MM-DD`; both or neither. */
  from: string;
  to: string;
};

/** The days that are asked for; `null`: all there are. Refuses with `date_range.*`. */
export function parseAuditDays({
  from,
  to,
}: Pick<AuditQuery, 'from' | 'to'>): Parsed<DayRange | null> {
  if (from === '' && to === '') return accept(null);
  const range = parseDayRange({ from, to });
  return range.ok || range.code === 'date_range.too_long'
    ? accept({ from, to })
    : refuse(range.code);
}
