import { sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

const hourMs = 3_600_000;

/** How many codes by SMS were spent since an instant. SQLite would choose the index by kind, and read those of half a year. */
export const codesSent = (sinceMs: number) =>
  sql`(select count(*) from allowance indexed by allowance_sms where kind = 'sms' and is_counted and at_ms >= ${sinceMs})`;

/** For the log line: that more text messages went out in the last hour than the portal thinks normal. */
export type SendAlarm = { alarm: 'sms_ceiling'; smsLastHour: number };

/**
 * Watches what the limits of each number and address do not see: the sends to all numbers together. They are counted
 * in the ledger; it refuses nobody. `null` while there are no more than the portal's `alarmPerHour`.
 */
export async function watchSends(
  deps: Pick<Deps, 'db' | 'now' | 'portal'>,
): Promise<SendAlarm | null> {
  const [sent] = await deps.db.all<{ smsLastHour: number }>(
    sql`select ${codesSent(deps.now() - hourMs)} as "smsLastHour"`,
  );
  const smsLastHour = sent?.smsLastHour ?? 0;
  return smsLastHour > deps.portal.codes.sms.alarmPerHour
    ? { alarm: 'sms_ceiling', smsLastHour }
    : null;
}
