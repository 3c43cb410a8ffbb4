import { startOfNextShanghaiDay } from './calendar.ts';
import { type Check, type CheckKind, checks } from './checks.ts';
import type { Level } from './levels.ts';

/** What came of a check and stands: `sourceId` is the question to the authority, or the case. */
export type Attested = {
  id: string;
  kind: CheckKind;
  level: Level;
  sourceId: string;
  atMs: number;
  untilMs: number | null;
};

/** How a person was verified, when, and until when that holds: `null` is for good. */
export type Proved = { by: Check['by']; atMs: number; untilMs: number | null };

/** The level of an account: of the highest attestation that stands, or what it has given and proved without one. */
export function levelOf(
  attested: Attested | null,
  { hasIdentity, hasProvedContact }: { hasIdentity: boolean; hasProvedContact: boolean },
): Level {
  if (attested !== null) return attested.level;
  if (hasIdentity) return 2;
  return hasProvedContact ? 1 : 0;
}

export const provedOf = (attested: Attested | null): Proved | null =>
  attested && { by: checks[attested.kind].by, atMs: attested.atMs, untilMs: attested.untilMs };

const dayMs = 24 * 3_600_000;

/** When a document that is valid up to and on `end` has run out; `null` for 长期. */
export const runsOutAtMs = (end: string | null): number | null =>
  end === null ? null : startOfNextShanghaiDay(Date.parse(`${end}T00:00:00+08:00`));

/** The holder gets a notice so long before, and on the last day; the last look is at the end itself, when the level falls. */
const toldBeforeMs = [30 * dayMs, dayMs] as const;

/** What is to be told now of an attestation that ends at `untilMs`, and when to look at it next; `null`: never. */
export function lookAtEnd(
  untilMs: number | null,
  nowMs: number,
): { tell: 'document_ends_soon' | 'document_ends' | null; lookAtMs: number | null } {
  if (untilMs === null) return { tell: null, lookAtMs: null };
  const [soonMs, lastDayMs] = toldBeforeMs.map((beforeMs) => untilMs - beforeMs) as [
    number,
    number,
  ];
  if (nowMs >= untilMs) return { tell: 'document_ends', lookAtMs: null };
  if (nowMs >= lastDayMs) return { tell: 'document_ends', lookAtMs: untilMs };
  return nowMs >= soonMs
    ? { tell: 'document_ends_soon', lookAtMs: lastDayMs }
    : { tell: null, lookAtMs: soonMs };
}
