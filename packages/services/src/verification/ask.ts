import {
  type Batch,
  commit,
  faceCheckTable,
  guard,
  hasWritten,
  verificationTable,
} from '@shiming/db';
import { checkOf, isCounted, outcomeOf, type VerificationOutcome } from '@shiming/domain';
import type { IdentityQuery } from '@shiming/providers';
import { and, eq, gt, notBetween, notInArray, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { type Account, missingOf } from '../account/account.ts';
import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx, Deps } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';

/** A question that has had no answer for so long will not get one. */
export const abandonedAfterMs = 60_000;

/** Questions that were given back were asked all the same, and may be billed: so many an account has in a day. */
const askedPerDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** The check that the authority in use can make of an account's document; `none`: it takes a manual review. */
export const authorityCheck = (
  { authority }: Pick<Ctx, 'authority'>,
  { documentType }: Pick<Account, 'documentType'>,
) => (documentType === null ? 'none' : checkOf(documentType, authority.products));

/** Whether an account has to complete its profile before it can be checked: the portal needs that, or the check does. */
export const lacksProfile = (
  ctx: Pick<Ctx, 'authority' | 'portal'>,
  signedIn: Pick<SignedIn, 'account' | 'profileKnown' | 'isBound'>,
): boolean =>
  missingOf(ctx, signedIn).includes('profile') ||
  (authorityCheck(ctx, signedIn.account) === 'travel_permit' &&
    !signedIn.profileKnown.includes('travelPermitNumber'));

/** Whom a check is about, what the tries are counted for, and what has to hold. */
export type Subject = { id: string; countedFor: string; condition: BatchItem<'sqlite'> };

export const accountAsSubject = (ctx: Ctx, { id }: Pick<Account, 'id'>): Subject => ({
  id,
  countedFor: id,
  condition: guard(ctx.db, hasLiveConsent(ctx, id, 'document_number'), {
    code: 'consent.required',
  }),
});

/**
 * Asks the authority (T-VER-01 to 07). A try of the day is claimed before the question, one question at a time;
 * `statements` write down what came of it, and give the try back when the fault was not the person's. `guards` have to
 * hold besides.
 *
 * @throws AppError consent.required, verification.in_progress, verification.day_limit, request.too_many
 */
export async function askAuthority(
  ctx: Ctx,
  subject: Subject,
  query: IdentityQuery,
  guards: readonly BatchItem<'sqlite'>[] = [],
): Promise<{ id: string; outcome: VerificationOutcome; isCounted: boolean; statements: Batch }> {
  const nowMs = ctx.now();
  const { perDay } = ctx.portal.verification;
  const dayLimit: Limit = {
    limit: perDay,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'verification.day_limit', limit: perDay, resumesAtMs }),
  };
  // One id for the try and its place in the ledger: the person reads both as one line.
  const attempt = newClaim(ctx, 'verification', subject.countedFor, [dayLimit]);
  const asking = ctx.db
    .select({ id: verificationTable.id })
    .from(verificationTable)
    .where(
      and(
        eq(verificationTable.accountId, subject.id),
        eq(verificationTable.status, 'asked'),
        gt(verificationTable.askedAtMs, nowMs - abandonedAfterMs),
      ),
    );
  await commitClaims(
    ctx,
    [attempt, newClaim(ctx, 'verification.asked', subject.countedFor, [askedPerDay])],
    [
      subject.condition,
      ...guards,
      guard(ctx.db, sql`not exists ${asking}`, { code: 'verification.in_progress' }),
      ctx.db.insert(verificationTable).values({
        id: attempt.id,
        accountId: subject.id,
        askedAtMs: nowMs,
        status: 'asked',
      }),
    ],
  );

  const { result, provider, rawCode, requestId } = await ctx.authority.checkIdentity(query);
  const outcome = outcomeOf(result);
  const doesCount = isCounted(outcome);
  return {
    id: attempt.id,
    outcome,
    isCounted: doesCount,
    statements: [
      ctx.db
        .update(verificationTable)
        .set({
          status: outcome,
          endedAtMs: ctx.now(),
          provider,
          rawCode,
          vendorRequestId: requestId,
        })
        .where(and(eq(verificationTable.id, attempt.id), eq(verificationTable.status, 'asked'))),
      record(ctx, `verification.${outcome}`, subject.id, {
        checks: query.check,
        provider,
        rawCode,
      }),
      ...(doesCount ? [] : [release(ctx.db, attempt.id, outcome)]),
    ],
  };
}

/**
 * The job: questions whose asker died are ended, and the try given back; one that is answered at that moment keeps its
 * answer and its cost. Returns how many were ended.
 */
export const settleVerifications = async (
  deps: Pick<Deps, 'db' | 'now'>,
  turn: Turn = untilDone,
): Promise<number> =>
  (await settleAsked(deps, verificationTable, turn)) +
  (await settleAsked(deps, faceCheckTable, turn));

const settleAsked = (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  table: typeof verificationTable | typeof faceCheckTable,
  turn: Turn,
): Promise<number> =>
  workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ id: table.id })
        .from(table)
        .where(
          and(
            eq(table.status, 'asked'),
            // What was asked in the future was asked by a clock that was wrong.
            notBetween(table.askedAtMs, now() - abandonedAfterMs, now() + abandonedAfterMs),
            notInArray(table.id, [...leftIds]),
          ),
        )
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: ({ id }) =>
      unlessStale(
        commit(db, [
          db
            .update(table)
            .set({ status: 'unavailable', endedAtMs: now() })
            .where(and(eq(table.id, id), eq(table.status, 'asked'))),
          guard(db, hasWritten, { code: 'request.stale' }),
          release(db, id, 'unavailable'),
        ]),
      ),
  });
