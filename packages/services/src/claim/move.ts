import { accountTable } from '@shiming/db';
import { numberKey } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  guardAccountUnchanged,
  openIdentity,
} from '../account/account.ts';
import { closeAccount } from '../account/close.ts';
import { hasNumber, identifierIndexes, openByNumber } from '../account/identifiers.ts';
import { endPending } from '../account/secure.ts';
import { tellServices } from '../account/tell-services.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal } from '../context.ts';
import { endReviews } from '../review/pause.ts';
import { endSessions } from '../session/session.ts';
import { changeClaim, type NumberClaim } from '../account/number-claims.ts';
import { tellOfClaim } from './tell.ts';

/** The account that a claim is against, while it is there. */
export async function holderOf({ db }: Pick<Ctx, 'db'>, { holderId }: NumberClaim) {
  const [holder] = await db
    .select(accountRow)
    .from(accountTable)
    .where(and(eq(accountTable.id, holderId)));
  return holder ?? null;
}

/** The account that the number of a claimant opens, whichever that is by now. */
export async function ownerOf(ctx: Ctx, claimant: Account): Promise<Account | null> {
  const identity = await openIdentity(ctx, claimant);
  const indexes = await identifierIndexes(ctx, 'document_number', numberKey(identity));
  const [owner] = await ctx.db.select(accountRow).from(accountTable).where(hasNumber(indexes));
  return owner ?? null;
}

/**
 * Statements that make a number the claimant's (S-DUP-04): the account that it opened is closed, and can be restored for the
 * time of its portal with everything that is taken from it here. They hold only while the claim and both accounts are as they
 * were read, and the number opens no third account (request.stale).
 */
export async function moveNumber(
  ctx: Ctx,
  { claim, claimant, isHeld }: { claim: NumberClaim; claimant: Account; isHeld: boolean },
) {
  const identity = await openIdentity(ctx, claimant);
  const indexes = await identifierIndexes(ctx, 'document_number', numberKey(identity));
  const holder = isHeld ? await holderOf(ctx, claim) : null;
  return [
    ...changeClaim(ctx, claim, { status: 'moved', endedAtMs: ctx.now() }),
    guardAccountUnchanged(ctx, claimant),
    ...(holder === null
      ? []
      : [
          ...endPending(ctx, holder.id),
          ...endSessions(ctx, holder.id),
          ...endReviews(ctx, holder.id),
          ...(await closeAccount(inPortal(ctx, holder.portal), holder, 'claim', {
            claim: claim.id,
          })),
        ]),
    ...openByNumber(ctx, claimant.id, indexes),
    // What is attested of the claimant counts from now on.
    ...tellServices(ctx, claimant.id, [['level']]),
    ...(await tellOfClaim(ctx, claimant, 'number_moved')),
    record(ctx, 'number_claim.moved', claimant.id, { claim: claim.id }),
  ] as const;
}
