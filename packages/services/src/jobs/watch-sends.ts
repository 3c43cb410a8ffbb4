import { allowanceTable } from '@shiming/db';
import { and, count, eq, gte, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

const hourMs = 3_600_000;

/** For the log line: that more text messages went out in the last hour than the portal thinks normal. */
export type SendAlarm = { alarm: 'sms_ceiling'; smsLastHour: number };

/**
 * Watches what the limits of each number and address do not see: the sends to all numbers together. They are counted
 * in the ledger; it refuses nobody. `null` while there are no more than the portal's `alarmPerHour`.
 */
export async function watchSends(
  deps: Pick<Deps, 'db' | 'now' | 'portal'>,
): Promise<SendAlarm | null> {
  const { kind, atMs, isCounted } = allowanceTable;
  const [sent] = await deps.db
    .select({ smsLastHour: count() })
    .from(allowanceTable)
    // The `+` keeps SQLite from the index by kind, in which it would read the codes of half a year.
    .where(and(sql`+${kind} = 'sms'`, gte(atMs, deps.now() - hourMs), eq(isCounted, true)));
  const smsLastHour = sent?.smsLastHour ?? 0;
  return smsLastHour > deps.portal.codes.sms.alarmPerHour
    ? { alarm: 'sms_ceiling', smsLastHour }
    : null;
}
