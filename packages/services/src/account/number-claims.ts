import {
  accountTable,
  attestationTable,
  guard,
  identifierTable,
  numberClaimTable,
  vouchTable,
} from '@shiming/db';
import {
  type AppErrorData,
  liveClaimStatuses,
  type NumberClaimFacts,
  toldClaimStatuses,
  verifiedLevel,
} from '@shiming/domain';
import { and, desc, eq, inArray, isNull, ne, not, or, type Placeholder, sql } from 'drizzle-orm';
import { type Account, accountRow } from './account.ts';
import { attestedNow } from './attestation.ts';
import { accountsOfPerson } from './identifiers.ts';
import { hasLiveConsent } from './live-consent.ts';
import type { Ctx } from '../context.ts';

export type NumberClaim = typeof numberClaimTable.$inferSelect;

const { holderId } = numberClaimTable;

/** That the number of a claim still opens the other account. */
export const isHeld = sql<boolean>`exists (select 1 from ${identifierTable} where ${identifierTable.accountId} = ${holderId} and ${identifierTable.kind} = 'document_number' and ${identifierTable.signsIn} = 1)`;

/** That the holder was ever verified. */
export const isHolderVerified = sql<boolean>`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${holderId} and ${attestationTable.level} >= ${verifiedLevel} and ${isNull(attestationTable.revokedAtMs)})`;

/** That the operator has suspended the holder. */
export const isHolderSuspended = sql<boolean>`exists (select 1 from ${accountTable} as "holder" where "holder"."id" = ${holderId} and "holder"."status" = 'suspended')`;

type ClaimDeps = Pick<Ctx, 'db' | 'now' | 'portal' | 'doors'>;

/** That the claimant consents to the use of their number, without which nothing speaks for them. */
const isConsented = (ctx: Omit<ClaimDeps, 'db'>) =>
  hasLiveConsent(ctx, accountTable.id, 'document_number', { portal: numberClaimTable.portal });

/** That a check of the claimant stands. */
export const isClaimantVerified = (ctx: Omit<ClaimDeps, 'db'>) =>
  sql<boolean>`(coalesce(json_extract(${attestedNow(ctx)}, '$.level') >= ${verifiedLevel}, 0) and ${isConsented(ctx)})`;

/** That a classmate has confirmed who the claimant is, who has vouched for nobody wrongly (S-DUP-05). */
export const isVouched = (ctx: Omit<ClaimDeps, 'db'>) =>
  sql<boolean>`(exists (select 1 from ${vouchTable} where ${vouchTable.claimId} = ${numberClaimTable.id} and ${vouchTable.status} = 'confirmed' and not exists (select 1 from ${vouchTable} as "other" where "other"."helper_id" in ${accountsOfPerson(vouchTable.helperId)} and "other"."false_at_ms" is not null)) and ${isConsented(ctx)})`;

/** That a claim moves the number when its holder is silent. */
export const isWon = (ctx: Omit<ClaimDeps, 'db'>) =>
  and(or(isClaimantVerified(ctx), isVouched(ctx)), not(isHolderVerified), not(isHolderSuspended));

/** Claims with their claimants, and what each depends on. */
export const claimQuery = (ctx: ClaimDeps) =>
  ctx.db
    .select({
      claim: numberClaimTable,
      claimant: accountRow,
      isHeld: isHeld.mapWith(Boolean),
      isHolderVerified: isHolderVerified.mapWith(Boolean),
      isHolderSuspended: isHolderSuspended.mapWith(Boolean),
      isClaimantVerified: isClaimantVerified(ctx).mapWith(Boolean),
      isVouched: isVouched(ctx).mapWith(Boolean),
    })
    .from(numberClaimTable)
    .innerJoin(accountTable, eq(accountTable.id, numberClaimTable.accountId));

export type FoundClaim = Awaited<ReturnType<typeof claimQuery>>[number];

export const factsOf = ({ claim, claimant, ...facts }: FoundClaim): NumberClaimFacts => ({
  status: claim.status,
  objectedAtMs: claim.objectedAtMs,
  objectUntilMs: claim.objectUntilMs,
  isClaimantClosed: claimant.status === 'closed',
  ...facts,
});

/** Whether a claim can still lead to the number. */
export const isLive = ({ claim }: Pick<FoundClaim, 'claim'>): boolean =>
  liveClaimStatuses.some((status) => status === claim.status);

/** The newest claim of an account: the statement (in a list of one). */
export const claimOf = (ctx: ClaimDeps, accountId: string) =>
  [
    claimQuery(ctx)
      .where(eq(numberClaimTable.accountId, accountId))
      .orderBy(desc(numberClaimTable.createdAtMs))
      .limit(1),
  ] as const;

/** The claims on the number of an account of which its holder has a notice, the last one first. */
export const claimsOn = (ctx: ClaimDeps, accountId: string) =>
  [
    claimQuery(ctx)
      .where(and(eq(holderId, accountId), sql`${numberClaimTable.noticedAtMs} is not null`))
      .orderBy(desc(numberClaimTable.noticedAtMs))
      .limit(5),
  ] as const;

/** That a claim is decided on the number of the account that a query reads: its holder has a notice (S-DUP-01). */
export const isInReview = sql<number>`exists (select 1 from ${numberClaimTable} as "told" where "told"."holder_id" = "account"."id" and "told"."status" in ${[...toldClaimStatuses]})`;

/**
 * The number of a claim on the number of the account that a query reads, of an account whose holder has proved a mobile, by that
 * mobile's blind indexes. It is for a person who has just proved the mobile: with it they sign in again.
 */
export const claimByMobile = (indexes: readonly string[]) =>
  sql<
    string | null
  >`(select "own"."claim_number" from ${numberClaimTable} as "own" join ${identifierTable} as "mobile" on "mobile"."account_id" = "own"."account_id" where "own"."holder_id" = "account"."id" and "own"."status" in ${[...liveClaimStatuses]} and "mobile"."kind" = 'mobile' and "mobile"."index" in ${[...indexes]} and "mobile"."proved_at_ms" is not null order by "own"."created_at_ms" desc limit 1)`;

/** The query (in a list of one) of the claim by which somebody has the number of a closed account. */
export const claimAgainst = (ctx: ClaimDeps, { id }: Pick<Account, 'id'>) =>
  [claimQuery(ctx).where(and(eq(holderId, id), eq(numberClaimTable.status, 'moved')))] as const;

/** A query of the claimant of the claim with this number, as long as the document number does not open their account. */
export const claimedBy = ({ db }: Pick<Ctx, 'db'>, claimNumber: string | Placeholder) =>
  db
    .select({ id: numberClaimTable.accountId })
    .from(numberClaimTable)
    .where(
      and(eq(numberClaimTable.claimNumber, claimNumber), ne(numberClaimTable.status, 'moved')),
    );

/** That an account is that claimant's. */
export const isClaimedBy = (ctx: Pick<Ctx, 'db'>, claimNumber: string | Placeholder) =>
  inArray(accountTable.id, claimedBy(ctx, claimNumber));

export const isLiveClaim = inArray(numberClaimTable.status, [...liveClaimStatuses]);

/** The guard that a claim can still lead to the number. */
export const guardLiveClaim = ({ db }: Pick<Ctx, 'db'>, claimId: string, refusal: AppErrorData) => {
  const live = db
    .select({ id: numberClaimTable.id })
    .from(numberClaimTable)
    .where(and(eq(numberClaimTable.id, claimId), isLiveClaim));
  return guard(db, sql`exists ${live}`, refusal);
};

/**
 * Statements that change a claim, unless it changed since it was read (request.stale). With its end, a request to a classmate that
 * waits ends too.
 */
export function changeClaim(
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<NumberClaim, 'id' | 'version'>,
  change: Partial<Omit<NumberClaim, 'id' | 'version'>>,
) {
  const same = and(eq(numberClaimTable.id, id), eq(numberClaimTable.version, version));
  const found = db.select({ id: numberClaimTable.id }).from(numberClaimTable).where(same);
  return [
    guard(db, sql`exists ${found}`, { code: 'request.stale' }),
    db
      .update(numberClaimTable)
      .set({ ...change, version: version + 1 })
      .where(same),
    ...(typeof change.endedAtMs !== 'number'
      ? []
      : [
          db
            .update(vouchTable)
            .set({ status: 'withdrawn', decidedAtMs: change.endedAtMs, studiesSealed: null })
            .where(and(eq(vouchTable.claimId, id), eq(vouchTable.status, 'waiting'))),
        ]),
  ] as const;
}
