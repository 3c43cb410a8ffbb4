import {
  challengeTable,
  commit,
  organisationSessionTable,
  outboxTable,
  recoveryTable,
  serviceTokenTable,
  sessionTable,
  staffSessionTable,
} from '@shiming/db';
import type { ChallengePurpose } from '@shiming/domain';
import { inArray, isNull, notInArray } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { giveCodesBack } from '../outbox/outbox.ts';

/** What takes something back for its holder is worth more than the risk that it is used twice. */
const kept: readonly ChallengePurpose[] = [
  'contact.undo',
  'cancellation.stop',
  'organisation.stop',
];

/** What a backup brings back that may have ended since, counted. */
export type Ended = {
  sessions: number;
  secrets: number;
  recoveries: number;
  tokens: number;
  messages: number;
};

/**
 * Ends, in one transaction, what a restored database would bring back to life: sessions, codes and links that were used or
 * ended after the backup, tokens of services, and messages that the lost database may have sent. People sign in again and ask
 * for another code; a message of which nobody knows is not sent twice, and a code among them is not counted. To be run before the first visitor comes.
 */
export async function endAfterRestore(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'actor' | 'requestId'>,
  backedUpAtMs: number,
): Promise<Ended> {
  const { db } = ctx;
  const nowMs = ctx.now();
  const tables = [sessionTable, staffSessionTable, organisationSessionTable] as const;
  const isOpen = inArray(outboxTable.status, ['waiting', 'taken', 'handing_over']);
  const isSecret = notInArray(challengeTable.purpose, [...kept]);
  const sessions = await Promise.all(
    tables.map((table) => db.$count(table, isNull(table.endedAtMs))),
  );
  const ended = {
    sessions: sessions.reduce((sum, count) => sum + count, 0),
    secrets: await db.$count(challengeTable, isSecret),
    recoveries: await db.$count(recoveryTable),
    tokens: await db.$count(serviceTokenTable),
    messages: await db.$count(outboxTable, isOpen),
  };
  await commit(db, [
    record(ctx, 'database.restored', null, { backedUpAtMs, ...ended }),
    ...tables.map((table) =>
      db.update(table).set({ endedAtMs: nowMs }).where(isNull(table.endedAtMs)),
    ),
    db.delete(challengeTable).where(isSecret),
    db.delete(recoveryTable),
    db.delete(serviceTokenTable),
    giveCodesBack(db, isOpen),
    db.update(outboxTable).set({ status: 'unclear' }).where(isOpen),
  ]);
  return ended;
}
