import {
  auditTable,
  caseTable,
  channelStopTable,
  faceCheckTable,
  outboxTable,
  verificationTable,
} from '@shiming/db';
import { caseKinds, caseStages, startOfShanghaiDay } from '@shiming/domain';
import { and, eq, inArray, lt, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Deps } from '../context.ts';
import { codesSent } from '../jobs/watch-sends.ts';

/** A number that is measured now, under one of the names in `measures`. */
export type Sample = {
  name: keyof typeof measures;
  labels?: Readonly<Record<string, string>>;
  value: number;
};

/** Counting ends here, so that a backlog of millions costs no more to look at than one of thousands. */
export const countedAtMost = 10_000;
const hourMs = 3_600_000;

/** What is read of the database, each with what it means. A value that ends at `countedAtMost` says so. */
export const measures = {
  shiming_messages_waiting: `Messages that are due and not sent, by channel; ends at ${countedAtMost}.`,
  shiming_messages_oldest_seconds: 'Age of the oldest message that is due and not sent.',
  shiming_channel_stopped_seconds: 'For how long nothing has gone through a channel; 0: it works.',
  shiming_messages_unclear: `Messages of which the gateway did not say whether it took them; ends at ${countedAtMost}.`,
  shiming_sms_last_hour: 'Codes sent by SMS in the last hour.',
  shiming_sms_today: 'Codes sent by SMS since midnight in China.',
  shiming_audit_unsealed: `Audit rows outside the chain; ends at ${countedAtMost}.`,
  shiming_audit_oldest_unsealed_seconds: 'Age of the oldest audit row outside the chain.',
  shiming_cases_waiting: `Cases that wait for staff, by kind; ends at ${countedAtMost}.`,
  shiming_cases_overdue: `Cases that wait for staff and are past their day, by kind; ends at ${countedAtMost}.`,
  shiming_questions_unanswered: `Questions to an authority without an answer yet; ends at ${countedAtMost}.`,
  shiming_questions_failed: `Questions of the last hour that an authority did not answer; ends at ${countedAtMost}.`,
} as const;

const channels = ['sms', 'mail'] as const;

/** How many rows there are, no further than `countedAtMost`. */
const counted = (table: SQLiteTable, where: SQL | undefined, order?: SQLWrapper) =>
  sql`(select count(*) from (select 1 from ${table} where ${where} ${order === undefined ? sql`` : sql`order by ${order}`} limit ${sql.raw(String(countedAtMost))}))`;

/**
 * Measures what waits, what is late and what was spent, in one round trip of bounded reads. Nothing in it names a person.
 *
 * @throws AppError service.unavailable
 */
export async function measure({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<Sample[]> {
  const nowMs = now();
  const seconds = (sinceMs: number | null) =>
    sinceMs === null ? 0 : Math.max(0, (nowMs - sinceMs) / 1_000);
  // The first of what is due: a message that was tried and waits for its next try is due within half an hour.
  const messages = sql`select channel, count(*) as waiting, min(created_at_ms) as "oldestMs" from
    (select ${outboxTable.channel} as channel, ${outboxTable.createdAtMs} as created_at_ms from ${outboxTable}
      where ${outboxTable.status} = 'waiting' and ${outboxTable.expiresAtMs} > ${nowMs}
        and (${outboxTable.dueAtMs} <= ${nowMs} or ${outboxTable.attempts} > 0)
      order by ${outboxTable.dueAtMs} limit ${sql.raw(String(countedAtMost))})
    group by channel`;
  const single = sql`select
    ${codesSent(nowMs - hourMs)} as "smsLastHour",
    ${codesSent(startOfShanghaiDay(nowMs))} as "smsToday",
    ${counted(outboxTable, eq(outboxTable.status, 'unclear'))} as "unclear",
    ${counted(auditTable, sql`${auditTable.block} is null`)} as "unsealed",
    (select min(${auditTable.atMs}) from ${auditTable} where ${auditTable.block} is null) as "unsealedSinceMs"`;
  const questions = [
    ['identity', verificationTable],
    ['face', faceCheckTable],
  ] as const;
  const asked = sql.join(
    questions.map(([of, table]) => {
      const failed = and(
        eq(table.status, 'unavailable'),
        sql`${table.askedAtMs} >= ${nowMs - hourMs}`,
      );
      return sql`select ${of} as "of", ${counted(table, eq(table.status, 'asked'))} as "unanswered", ${counted(table, failed)} as "failed"`;
    }),
    sql` union all `,
  );
  const cases = sql.join(
    caseKinds.map((kind) => {
      const waits = and(
        eq(caseTable.kind, kind),
        inArray(caseTable.status, ['waiting', 'deciding']),
      );
      const late = and(waits, inArray(caseTable.stage, caseStages), lt(caseTable.dueAtMs, nowMs));
      return sql`select ${kind} as "kind", ${counted(caseTable, waits)} as "waiting", ${counted(caseTable, late)} as "overdue"`;
    }),
    sql` union all `,
  );
  const [waiting, stops, [one], answers, open] = await db.batch([
    db.all<{ channel: string; waiting: number; oldestMs: number | null }>(messages),
    db.select().from(channelStopTable),
    db.all<{
      smsLastHour: number;
      smsToday: number;
      unclear: number;
      unsealed: number;
      unsealedSinceMs: number | null;
    }>(single),
    db.all<{ of: string; unanswered: number; failed: number }>(asked),
    db.all<{ kind: string; waiting: number; overdue: number }>(cases),
  ]);
  return [
    ...channels.flatMap((channel): Sample[] => {
      const labels = { channel };
      const row = waiting.find((each) => each.channel === channel);
      const stop = stops.find((each) => each.channel === channel);
      return [
        { name: 'shiming_messages_waiting', labels, value: row?.waiting ?? 0 },
        { name: 'shiming_messages_oldest_seconds', labels, value: seconds(row?.oldestMs ?? null) },
        { name: 'shiming_channel_stopped_seconds', labels, value: seconds(stop?.sinceMs ?? null) },
      ];
    }),
    { name: 'shiming_messages_unclear', value: one?.unclear ?? 0 },
    { name: 'shiming_sms_last_hour', value: one?.smsLastHour ?? 0 },
    { name: 'shiming_sms_today', value: one?.smsToday ?? 0 },
    { name: 'shiming_audit_unsealed', value: one?.unsealed ?? 0 },
    {
      name: 'shiming_audit_oldest_unsealed_seconds',
      value: seconds(one?.unsealedSinceMs ?? null),
    },
    ...open.flatMap(({ kind, waiting: count, overdue }): Sample[] => [
      { name: 'shiming_cases_waiting', labels: { kind }, value: count },
      { name: 'shiming_cases_overdue', labels: { kind }, value: overdue },
    ]),
    ...answers.flatMap(({ of, unanswered, failed }): Sample[] => [
      { name: 'shiming_questions_unanswered', labels: { of }, value: unanswered },
      { name: 'shiming_questions_failed', labels: { of }, value: failed },
    ]),
  ];
}
