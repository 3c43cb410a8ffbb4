import { auditTable, serviceDisclosureTable } from '@shiming/db';
import {
  type AuditAction,
  type Bilingual,
  type HistoryEvent,
  historyEvents,
  looksBeside,
  type CaseStage,
  type Level,
  type ServiceField,
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

/** What a service behind the gate has received about the person. */
export type Received = { service: Bilingual; fields: readonly ServiceField[]; level: Level };

export type HistoryEntry = {
  atMs: number;
  event: HistoryEvent | 'service.received';
  look?: StaffLook;
  received?: Received;
};

/**
 * the latest of what was done with one's own account, newest first, from the audit itself. Of the looks of one
 * member of staff within ten minutes it says the first and all that was looked at, and in which role; not who. What services
 * have received stands among it.
 */
export async function listHistory(ctx: Ctx, { account }: SignedIn): Promise<HistoryEntry[]> {
  const [rows, received] = await ctx.db.batch([
    ctx.db
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
      .limit(read),
    ctx.db
      .select()
      .from(serviceDisclosureTable)
      .where(eq(serviceDisclosureTable.accountId, account.id))
      .orderBy(desc(serviceDisclosureTable.atMs))
      .limit(shown),
  ]);
  const entries: HistoryEntry[] = received.map(({ atMs, portal, service, fields, level }) => ({
    atMs,
    event: 'service.received',
    received: { service: serviceNameOf(ctx, portal, service), fields, level },
  }));
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

/** The name of a service; its id where the operator no longer has it. */
function serviceNameOf({ doors }: Pick<Ctx, 'doors'>, portalId: string, id: string): Bilingual {
  const services = doors.find(({ portal }) => portal.id === portalId)?.portal.services;
  return services?.find((service) => service.id === id)?.name ?? { zh: id, en: id };
}
