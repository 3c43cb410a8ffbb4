import { accountTable, contactChangeTable, guard, commit } from '@shiming/db';
import { AppError, appErrorIn, type ContactKind } from '@shiming/domain';
import { and, eq, ne, sql } from 'drizzle-orm';
import { type Account, accountRow, identifierOf, openContact } from '../account/account.ts';
import { identifierIndexes, openedBy, opensNoOther } from '../account/identifiers.ts';
import { spend } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { maskContact } from './change.ts';

/** A contact that a code has just proved, and the change that it is for. */
export type ProvedContact = {
  kind: ContactKind;
  value: string;
  changeId: string;
  challengeId: string;
};

const elsewhere = (kind: ContactKind, maskedHolder = '') =>
  ({ code: 'contact.bound_elsewhere', kind, maskedHolder }) as const;

/**
 * The guard (in a list, empty where the portal signs nobody in by such a contact) that no other account is signed in to by a
 * contact (S-BND-03).
 */
export async function guardNotElsewhere(
  ctx: Ctx,
  accountId: string,
  { kind, value }: Pick<ProvedContact, 'kind' | 'value'>,
) {
  if (!ctx.portal.signInWith.includes(kind)) return [];
  const indexes = await identifierIndexes(ctx, kind, value);
  return [guard(ctx.db, opensNoOther(accountId, kind, indexes), elsewhere(kind))];
}

/**
 * S-BND-03, X-03: names the user, masked, to whom a contact belongs that `guardNotElsewhere` has refused, to the person who has
 * just proved to hold it. The code is spent and the change is over; any other error is returned as it is.
 */
export async function nameHolder(
  ctx: Ctx,
  account: Account,
  { kind, value, changeId, challengeId }: ProvedContact,
  error: unknown,
): Promise<unknown> {
  if (appErrorIn(error)?.data.code !== 'contact.bound_elsewhere') return error;
  const indexes = await identifierIndexes(ctx, kind, value);
  const [[holder]] = await commit(ctx.db, [
    ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(
        and(
          sql`${accountTable.id} in (${openedBy(kind, indexes)})`,
          ne(accountTable.id, account.id),
        ),
      ),
    ...spend(ctx.db, challengeId, ctx.now(), { code: 'code.expired' }),
    ctx.db.delete(contactChangeTable).where(eq(contactChangeTable.id, changeId)),
  ]);
  if (holder === undefined) return new AppError({ code: 'request.stale' });
  // The other user name, where the account has two: this one the person has typed.
  const other = kind === 'mobile' ? 'email' : 'mobile';
  const shown = identifierOf(holder, other)?.signsIn === true ? other : kind;
  const contact = await openContact(ctx, holder);
  return new AppError(elsewhere(kind, maskContact[shown](contact[shown])));
}
