import { auditTable } from '@shiming/db';
import {
  type AuditAction,
  type HistoryEvent,
  historyEvents,
  looksBeside,
  type CaseStage,
  staffEvents,
  type StaffLook,
} from '@shiming/domain';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

const shown = 30;
/** A reviewer looks at one thing after the other: several rows are one look. */
const read = 150;
const oneLookMs = 10 * 60_000;

export type HistoryEntry = { atMs: number; event: HistoryEvent; look?: StaffLook };

/**
 * the latest of what was done with one's own account, newest first, from the audit itself. Of the looks of one
 * member of staff within ten minutes it says the first and all that was looked at, and in which role; not who.
 */
export async function listHistory(ctx: Ctx, { account }: SignedIn): Promise<HistoryEntry[]> {
  const rows = await ctx.db
    .select({
      atMs: auditTable.atMs,
      event: auditTable.action,
      actor: auditTable.actor,
      facts: auditTable.facts,
    })
    .from(auditTable)
    .where(
      and(
        eq(auditTable.accountId, account.id),
        inArray(auditTable.action, [...historyEvents, ...Object.keys(looksBeside)]),
      ),
    )
    .orderBy(desc(auditTable.atMs))
    .limit(read);
  const entries: HistoryEntry[] = [];
  const looks = new Map<string, { endMs: number; entry: HistoryEntry & { look: StaffLook } }>();
  for (const { atMs, event: action, actor, facts } of rows) {
    const seen = looksBeside[action as AuditAction];
    const event = seen === undefined ? (action as HistoryEvent) : 'desk.revealed';
    if (!staffEvents.includes(event)) {
      entries.push({ atMs, event });
      continue;
    }
    const known = JSON.parse(facts) as Partial<Pick<StaffLook, 'role' | 'reason'>> & {
      item: StaffLook['items'][number];
      stage?: CaseStage;
    };
    const { reason = null } = known;
    const looked = seen ?? known.item;
    // Rows of former times say in which stage a case was taken, and by whom in the audit alone.
    const former = known.stage === 'senior' ? 'senior' : 'reviewer';
    const role = known.role ?? (seen === 'trail' ? 'auditor' : former);
    const kind = `${actor} ${event} ${reason}`;
    const last = looks.get(kind);
    if (last !== undefined && last.endMs - atMs <= oneLookMs) {
      const { items } = last.entry.look;
      last.entry.atMs = atMs;
      last.entry.look = {
        role,
        items: [looked, ...items.filter((each) => each !== looked)],
        reason,
      };
    } else {
      const entry = { atMs, event, look: { role, items: [looked], reason } };
      looks.set(kind, { endMs: atMs, entry });
      entries.push(entry);
    }
  }
  return entries.toSorted((one, other) => other.atMs - one.atMs).slice(0, shown);
}
