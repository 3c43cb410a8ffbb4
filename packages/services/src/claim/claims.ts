import {
  accountTable,
  attestationTable,
  guard,
  identifierTable,
  numberClaimTable,
} from '@shiming/db';
import { liveClaimStatuses, type NumberClaimFacts, verifiedLevel } from '@shiming/domain';
import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { type Account, accountRow } from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
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

/** That a check of the claimant stands, and the consent to the use of their number. */
export const isClaimantVerified = (ctx: Omit<ClaimDeps, 'db'>) =>
  sql<boolean>`(coalesce(json_extract(${attestedNow(ctx)}, '$.level') >= ${verifiedLevel}, 0) and ${hasLiveConsent(ctx, accountTable.id, 'document_number', { portal: numberClaimTable.portal })})`;

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

/** The newest claim of an account: the statement (in a list of one). */
export const claimOf = (ctx: ClaimDeps, accountId: string) =>
  [
    claimQuery(ctx)
      .where(eq(numberClaimTable.accountId, accountId))
      .orderBy(desc(numberClaimTable.createdAtMs))
      .limit(1),
  ] as const;

/** The claims on the number of an account of which it has been told, the last one first. */
export const claimsOn = (ctx: ClaimDeps, accountId: string) =>
  [
    claimQuery(ctx)
      .where(and(eq(holderId, accountId), sql`${numberClaimTable.noticedAtMs} is not null`))
      .orderBy(desc(numberClaimTable.noticedAtMs))
      .limit(5),
  ] as const;

/** Who has the number of a closed account by a claim; `null` where nobody has. */
export async function claimantAgainst(
  ctx: ClaimDeps,
  { id }: Pick<Account, 'id'>,
): Promise<Account | null> {
  const [found] = await claimQuery(ctx).where(
    and(eq(holderId, id), eq(numberClaimTable.status, 'moved')),
  );
  return found?.claimant ?? null;
}

/** A query of the claimant of the claim with this number, as long as the document number does not open their account. */
export const claimedBy = ({ db }: Pick<Ctx, 'db'>, claimNumber: string) =>
  db
    .select({ id: numberClaimTable.accountId })
    .from(numberClaimTable)
    .where(
      and(eq(numberClaimTable.claimNumber, claimNumber), ne(numberClaimTable.status, 'moved')),
    );

/** That an account is that claimant's. */
export const isClaimedBy = (ctx: Pick<Ctx, 'db'>, claimNumber: string) =>
  inArray(accountTable.id, claimedBy(ctx, claimNumber));

export const isLiveClaim = inArray(numberClaimTable.status, [...liveClaimStatuses]);

/**
 * Statements that change a claim, unless it changed since it was read (request.stale).
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
  ] as const;
}
