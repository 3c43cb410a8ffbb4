import {
  accountTable,
  type Batch,
  commit,
  consentTable,
  guard,
  guardianConsentTable,
  serviceTokenTable,
} from '@shiming/db';
import { type GuardianEnding, needsGuardian, startOfNextShanghaiDay } from '@shiming/domain';
import { and, eq, isNotNull, isNull, lte, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import { type Account, accountRow } from '../account/account.ts';
import { record } from '../audit/record.ts';
import { takeBack } from '../challenge/challenge.ts';
import { type Ctx, type Deps, inPortal, refuseUnless, systemCtx, today } from '../context.ts';
import { clear } from '../jobs/clear.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { notify } from '../notice/notify.ts';
import { pauseReview } from '../review/pause.ts';
import type { SignedIn } from '../session/session.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { tellServices } from '../account/tell-services.ts';
import { birthDateOf } from './child.ts';
import { hasGuardian } from './use.ts';

type ConsentRow = typeof guardianConsentTable.$inferSelect;

/** A consent with the account of the child, where it has one. */
const found = ({ db }: Pick<Deps, 'db'>, where: SQL | undefined) =>
  db
    .select({ consent: guardianConsentTable, child: accountRow })
    .from(guardianConsentTable)
    .leftJoin(accountTable, eq(accountTable.id, guardianConsentTable.childId))
    .where(where);

/**
 * Statements by which a child's account goes on no longer: its consents are withdrawn, a case that waits is paused, and what
 * services hold ends.
 */
const stopChild = (ctx: Ctx, childId: string) =>
  [
    ...tellServices(ctx, childId, [['logout']]),
    ctx.db
      .update(consentTable)
      .set({ withdrawnAtMs: ctx.now() })
      .where(
        and(
          eq(consentTable.accountId, childId),
          ne(consentTable.kind, 'agreement'),
          isNull(consentTable.withdrawnAtMs),
        ),
      ),
    ...pauseReview(ctx, childId),
    ctx.db.delete(serviceTokenTable).where(eq(serviceTokenTable.accountId, childId)),
  ] as const;

/** Statements that end a guardian's consent, and with it what the child's account goes on by; the child gets a notice. */
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
          ...stopChild(ctx, child.id),
          record(ctx, 'guardian.consent_ended', child.id, { ending }),
          ...(await notify(inPortal(ctx, child.portal), child, 'guardian_consent_ended')),
        ]),
  ] as unknown as Batch;
}

/** Statements that end the consents of a guardian whose account is deleted. */
export async function endConsentsOf(ctx: Ctx, accountId: string): Promise<Batch[number][]> {
  const row = guardianConsentTable;
  const given = await found(ctx, and(eq(row.accountId, accountId), isNull(row.endedAtMs)));
  const ended = await Promise.all(
    given.map(({ consent, child }) => endStatements(ctx, consent, child, 'withdrawn')),
  );
  return ended.flat();
}

/**
 * PIPL 31: an account of somebody under 14 for which no guardian has consented, as one from before consents were asked
 * for, goes on no longer until one does. Its holder is notified once.
 */
export const stopWithoutGuardian = async (ctx: Ctx, child: Account): Promise<unknown> =>
  unlessStale(
    commit(ctx.db, [
      guard(ctx.db, hasLiveConsent(ctx, child.id, 'document_number'), { code: 'request.stale' }),
      guard(ctx.db, sql`not ${hasGuardian(ctx, child.id)}`, { code: 'request.stale' }),
      ...stopChild(ctx, child.id),
      record(ctx, 'guardian.consent_missing', child.id),
      ...(await notify(ctx, child, 'guardian_required')),
    ]),
  );

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
      if (
        needsGuardian(inPortal(ctx, child.portal).portal, await birthDateOf(ctx, child), today(ctx))
      ) {
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
