import { matterTable } from '@shiming/db';
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { type Account, findIdentity, isClaimant } from '../account/account.ts';
import { wasEverVerified } from '../account/taken-up.ts';
import { matterRule, numberKeyAlone } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { blindIndexes, open, placeOf } from '../vault/vault.ts';

export type Matter = typeof matterTable.$inferSelect;

/** What of a matter is sealed. */
export type MatterDetails = { number: string; company: string };

export const openMatter = (ctx: Pick<Ctx, 'crypto' | 'keys'>, { id, detailsSealed }: Matter) =>
  open<MatterDetails>(ctx, placeOf(matterTable.detailsSealed, id), detailsSealed);

/** That a matter is put to the holder of an account, at any portal. Somebody who claims a number is not its holder. */
export async function isOfHolder(ctx: Ctx, account: Account) {
  const identity = isClaimant(account) ? null : await findIdentity(ctx, account);
  const indexes =
    identity === null ? [] : await blindIndexes(ctx, 'number', numberKeyAlone(identity.number));
  return inArray(matterTable.numberIndex, indexes);
}

/**
 * That the holder of an account reads a matter: their own answers, and, once verified, what is put to the holder of their number.
 * Somebody who has only typed a number reads nothing of what its holder is asked.
 */
export const isReadBy = async (ctx: Ctx, account: Account) =>
  or(
    eq(matterTable.accountId, account.id),
    and(wasEverVerified(account.id), await isOfHolder(ctx, account)),
  );

/** As many matters as the page lists: all that can wait for a person at once, and more. */
const mattersShown = 8 * matterRule.perDay;

/**
 * The statement (in a list of one) that finds the matters that a person reads at the portal of the request: those that wait, then the
 * newest.
 */
export const newestMatters = async (ctx: Ctx, account: Account) =>
  [
    ctx.db
      .select()
      .from(matterTable)
      .where(and(await isReadBy(ctx, account), eq(matterTable.portal, ctx.portal.id)))
      .orderBy(
        desc(sql`${matterTable.status} = 'waiting' and ${matterTable.expiresAtMs} > ${ctx.now()}`),
        desc(matterTable.askedAtMs),
        desc(matterTable.id),
      )
      .limit(mattersShown),
  ] as const;
