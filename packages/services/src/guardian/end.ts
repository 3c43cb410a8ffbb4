import {
  accountTable,
  type Batch,
  commit,
  consentTable,
  guard,
  guardianConsentTable,
} from '@shiming/db';
import { type GuardianEnding, needsGuardian, startOfNextShanghaiDay } from '@shiming/domain';
import { and, eq, isNotNull, isNull, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { takeBack } from '../challenge/challenge.ts';
import { type Ctx, type Deps, refuseUnless, systemCtx, today } from '../context.ts';
import { clear } from '../jobs/clear.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { notify } from '../notice/notify.ts';
import { pauseReview } from '../review/pause.ts';
import type { Account } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { birthDateOf } from './child.ts';

type ConsentRow = typeof guardianConsentTable.$inferSelect;

/** A consent with the account of the child, where it has one. */
const found = ({ db }: Pick<Deps, 'db'>, where: SQL | undefined) =>
  db
    .select({ consent: guardianConsentTable, child: accountTable })
    .from(guardianConsentTable)
    .leftJoin(accountTable, eq(accountTable.id, guardianConsentTable.childId))
    .where(where);

/** The statement that withdraws the consents to the use of the number of the accounts in `childIds`. */
export const withdrawForChildren = ({ db, now }: Pick<Deps, 'db' | 'now'>, childIds: SQL) =>
  db
    .update(consentTable)
    .set({ withdrawnAtMs: now() })
    .where(
      and(
        sql`${consentTable.accountId} in (${childIds})`,
        eq(consentTable.kind, 'document_number'),
        isNull(consentTable.withdrawnAtMs),
      ),
    );

/** Statements that end a guardian's consent, and with it what the child's account goes on by; the child is told. */
async function endStatements(
  ctx: Ctx,
  { id, accountId, childId }: ConsentRow,
  child: Account | null,
  ending: GuardianEnding,
) {
  const { db } = ctx;
  const row = guardianConsentTable;
  const same = db
    .select({ id: row.id })
    .from(row)
    .where(
      and(
        eq(row.id, id),
        isNull(row.endedAtMs),
        childId === null ? isNull(row.childId) : eq(row.childId, childId),
      ),
    );
  return [
    guard(db, sql`exists ${same}`, { code: 'request.stale' }),
    db
      .update(row)
      // What was never used has its time all the same.
      .set({ endedAtMs: ctx.now(), ending, ...(childId === null ? {} : { lookAtMs: null }) })
      .where(eq(row.id, id)),
    ...takeBack(db, id),
    record(ctx, 'guardian.consent_ended', accountId, { ending }),
    ...(child === null
      ? []
      : [
          withdrawForChildren(ctx, sql`${child.id}`),
          ...pauseReview(ctx, child.id),
          record(ctx, 'guardian.consent_ended', child.id, { ending }),
          ...(await notify(ctx, child, 'guardian_consent_ended')),
        ]),
  ] as unknown as Batch;
}

/**
 * PIPL 15: a guardian takes a consent back, as easily as it was given. From then on the child's consent counts as
 * withdrawn, and a code that was not used is void.
 *
 * @throws AppError request.stale where there is none to withdraw
 */
export async function withdrawGuardianConsent(
  ctx: Ctx,
  { account }: SignedIn,
  { consentId }: { consentId: string },
): Promise<void> {
  const [row] = await found(
    ctx,
    and(
      eq(guardianConsentTable.id, consentId),
      eq(guardianConsentTable.accountId, account.id),
      isNull(guardianConsentTable.endedAtMs),
    ),
  );
  refuseUnless(row !== undefined, { code: 'request.stale' });
  await commit(ctx.db, await endStatements(ctx, row.consent, row.child, 'withdrawn'));
}

/**
 * The job that looks at each guardian's consent once a day: the child who is 14 is asked itself, and what was not used in
 * time is deleted. Returns how many it ended or deleted.
 */
export async function endGuardianConsents(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'guardian_consents');
  const { db } = deps;
  const row = guardianConsentTable;
  let ended = 0;
  await workInSlices(turn, {
    read: async (leftIds) =>
      found(
        ctx,
        and(
          isNotNull(row.lookAtMs),
          lte(row.lookAtMs, ctx.now()),
          notInArray(row.id, [...leftIds]),
        ),
      ).limit(rowsPerSlice),
    idOf: ({ consent }) => consent.id,
    async work({ consent, child }) {
      if (child === null) {
        const isUnused = and(eq(row.id, consent.id), isNull(row.usedAtMs));
        await commit(db, clear(deps, 'guardian_consent', ctx.now(), row, isUnused));
        ended += 1;
        return true;
      }
      if (needsGuardian(ctx.portal, await birthDateOf(ctx, child), today(ctx))) {
        const lookAtMs = startOfNextShanghaiDay(ctx.now());
        await db
          .update(row)
          .set({ lookAtMs })
          .where(and(eq(row.id, consent.id), isNull(row.endedAtMs)));
        return true;
      }
      const isEnded = await unlessStale(
        commit(db, await endStatements(ctx, consent, child, 'of_age')),
      );
      if (isEnded) ended += 1;
      return isEnded;
    },
  });
  return ended;
}
