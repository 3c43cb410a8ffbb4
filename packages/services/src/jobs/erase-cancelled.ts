import {
  accountTable,
  allowanceTable,
  type Batch,
  cancellationTable,
  challengeTable,
  commit,
  consentTable,
  contactChangeTable,
  guard,
  guardianConsentTable,
  correctionTable,
  noticeTable,
  outboxTable,
  photoTable,
  recoveryTable,
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
  sessionTable,
  verificationTable,
  wechatBindingTable,
  wechatSceneTable,
} from '@shiming/db';
import type { RetentionKind } from '@shiming/domain';
import { and, asc, eq, inArray, lte, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { record } from '../audit/record.ts';
import { type Deps, systemCtx } from '../context.ts';
import { endConsentsOf } from '../guardian/end.ts';
import { clear } from './clear.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from './turn.ts';

type Doomed = { id: string; numberIndex: string };

/**
 * Rows of a table by their subject, where its index has their kind before it: one look for each kind that there is
 * and each of `subjects` (what a subject is compared with), and never at the whole table.
 */
function bySubject(table: SQLiteTable, kind: SQLiteColumn, subjects: readonly SQL[]): SQL {
  const name = sql.identifier(kind.name);
  const looks = subjects.map(
    (is) =>
      sql`select "each"."rowid" from "kinds" cross join ${table} as "each" where "each".${name} = "kinds"."kind" and "each"."subject" ${is}`,
  );
  return sql`${table}."rowid" in (
    with recursive "kinds"("kind") as (
      select min(${name}) from ${table}
      union all
      select (select min(${name}) from ${table} where ${name} > "kinds"."kind") from "kinds" where "kinds"."kind" is not null
    )
    ${sql.join(looks, sql` union all `)}
  )`;
}

/**
 * Everything that is kept of an account, kind by kind, what refers to something before what it refers to. The audit
 * stays for its time: it has ids only.
 */
function everythingOf({
  id,
  numberIndex,
}: Doomed): [RetentionKind, SQLiteTable, SQL | undefined][] {
  const ids = sql`select ${id} union all
    select ${recoveryTable.id} from ${recoveryTable} where ${recoveryTable.accountId} = ${id} union all
    select ${contactChangeTable.id} from ${contactChangeTable} where ${contactChangeTable.accountId} = ${id} union all
    select ${sessionTable.id} from ${sessionTable} where ${sessionTable.accountId} = ${id}`;
  const isScene = and(
    inArray(wechatSceneTable.purpose, ['recovery', 'binding']),
    sql`${wechatSceneTable.subject} in (${ids})`,
  );
  const guardian = or(eq(guardianConsentTable.accountId, id), eq(guardianConsentTable.childId, id));
  const requests = sql`select ${caseTable.id} from ${caseTable} where ${caseTable.accountId} = ${id}`;
  return [
    [
      'challenge',
      challengeTable,
      bySubject(challengeTable, challengeTable.purpose, [
        sql`in (${ids})`,
        sql`in (select ${wechatSceneTable.id} from ${wechatSceneTable} where ${isScene})`,
      ]),
    ],
    // A guardian's code has the id of its consent.
    [
      'challenge',
      challengeTable,
      sql`${challengeTable.id} in (select ${guardianConsentTable.id} from ${guardianConsentTable} where ${guardian})`,
    ],
    ['guardian_consent', guardianConsentTable, guardian],
    ['wechat_scene', wechatSceneTable, isScene],
    // What is counted for the number goes too; what is counted for a contact or an address is nobody's any more.
    [
      'allowance',
      allowanceTable,
      bySubject(allowanceTable, allowanceTable.kind, [
        sql`= ${id}`,
        sql`between ${numberIndex} and ${`${numberIndex};`}`,
      ]),
    ],
    ['recovery', recoveryTable, eq(recoveryTable.accountId, id)],
    ['contact_change', contactChangeTable, eq(contactChangeTable.accountId, id)],
    ['session', sessionTable, eq(sessionTable.accountId, id)],
    ['outbox', outboxTable, eq(outboxTable.accountId, id)],
    ['notice', noticeTable, eq(noticeTable.accountId, id)],
    [
      'review',
      caseReasonTable,
      inArray(
        caseReasonTable.decisionId,
        sql`(select ${caseDecisionTable.id} from ${caseDecisionTable} where ${caseDecisionTable.caseId} in (${requests}))`,
      ),
    ],
    ['review', caseDecisionTable, sql`${caseDecisionTable.caseId} in (${requests})`],
    ['review', casePhotoTable, sql`${casePhotoTable.caseId} in (${requests})`],
    ['review', caseTable, eq(caseTable.accountId, id)],
    ['correction', correctionTable, eq(correctionTable.accountId, id)],
    ['verification', verificationTable, eq(verificationTable.accountId, id)],
    ['wechat_binding', wechatBindingTable, eq(wechatBindingTable.accountId, id)],
    ['consent', consentTable, eq(consentTable.accountId, id)],
    ['cancellation', cancellationTable, eq(cancellationTable.accountId, id)],
    ['account', accountTable, eq(accountTable.id, id)],
  ];
}

/**
 * The job that deletes the accounts whose holders wanted it and did not stop it in time (X-07, PIPL 47). Each goes
 * in one transaction, unless it was stopped at that moment. Returns how many went.
 */
export async function eraseCancelled(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const { db } = deps;
  const nowMs = deps.now();
  const ctx = systemCtx(deps, 'retention');
  return workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({
          id: accountTable.id,
          numberIndex: accountTable.numberIndex,
          dueAtMs: cancellationTable.dueAtMs,
        })
        .from(cancellationTable)
        .innerJoin(accountTable, eq(accountTable.id, cancellationTable.accountId))
        .where(
          and(lte(cancellationTable.dueAtMs, nowMs), notInArray(accountTable.id, [...leftIds])),
        )
        .orderBy(asc(cancellationTable.dueAtMs))
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: async ({ dueAtMs, ...account }) => {
      const isDue = sql`exists (select 1 from ${cancellationTable} where ${cancellationTable.accountId} = ${account.id} and ${cancellationTable.dueAtMs} <= ${nowMs})`;
      const batch = [
        guard(db, isDue, { code: 'request.stale' }),
        // A guardian's consents end with the account.
        ...(await endConsentsOf(ctx, account.id)),
        ...everythingOf(account).flatMap(([kind, table, where]) => [
          ...clear(deps, kind, dueAtMs, table, where),
        ]),
        // The photo itself is in the store, and its row goes when the photo has gone.
        db
          .update(photoTable)
          .set({ removeAfterMs: nowMs })
          .where(eq(photoTable.accountId, account.id)),
        record(ctx, 'account.erased', account.id),
      ];
      return unlessStale(commit(db, batch as unknown as Batch));
    },
  });
}
