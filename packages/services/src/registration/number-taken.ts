import { accountTable } from '@shiming/db';
import { AppError, numberKey, provedKindOf } from '@shiming/domain';
import { and, not, sql } from 'drizzle-orm';
import { numberTaken } from '../account/create.ts';
import { hasNumber, identifierIndexes, openedBy } from '../account/identifiers.ts';
import { isHandedOver } from '../account/handed-over.ts';
import { claimByMobile, isInReview } from '../account/number-claims.ts';
import { isLeftBehind } from '../account/taken-up.ts';
import type { Ctx } from '../context.ts';
import type { Registration } from './draft.ts';

/**
 * Queries of the account that has the number of a registration, and of the one that is signed in to by its contact, where
 * the portal signs in with it. What they find is for a person who has proved the contact to know (T-REG-16, S-REG-03).
 */
export async function takenQueries(ctx: Ctx, registration: Registration) {
  const { contact } = registration.draft;
  const kind = contact === null ? 'mobile' : provedKindOf(contact);
  const value = contact?.[kind] ?? '';
  const isAsked = value !== '' && ctx.portal.signInWith.includes(kind);
  const indexes = isAsked ? await identifierIndexes(ctx, kind, value) : [];
  return [
    ...(await numberTakenQuery(ctx, registration)),
    ctx.db
      .select({ id: accountTable.id })
      .from(accountTable)
      .where(sql`${accountTable.id} in (${openedBy(kind, indexes)})`),
  ] as const;
}

/**
 * What is said of the account that has the number of a registration, to somebody who has proved a contact: also that a claim on
 * it is decided (S-DUP-01), or the number of the claim that is their own.
 *
 * @throws AppError registration.to_be_activated, registration.number_taken
 */
export function refuseTaken([found]: readonly {
  isHandedOver: number;
  isInReview: number;
  claimNumber: string | null;
}[]): void {
  if (found === undefined) return;
  if (found.isHandedOver) throw new AppError({ code: 'registration.to_be_activated' });
  const { claimNumber } = found;
  throw new AppError({
    ...numberTaken,
    ...(claimNumber === null ? found.isInReview === 1 && { isInReview: true } : { claimNumber }),
  });
}

/**
 * The query (in a list of one) of the account that has the number of a registration; of none where no number was given. What
 * it finds is for a person who has proved a contact to know (T-REG-16).
 */
export async function numberTakenQuery(
  ctx: Ctx,
  { draft: { document, contact, openId } }: Registration,
) {
  const indexes =
    document === null ? [] : await identifierIndexes(ctx, 'document_number', numberKey(document));
  // A code that came in the chat proves no telephone.
  const isProved = openId === null && contact !== null && contact.mobile !== '';
  const mobile = isProved ? await identifierIndexes(ctx, 'mobile', contact.mobile) : [];
  return [
    ctx.db
      .select({
        isHandedOver: isHandedOver(ctx),
        isInReview,
        claimNumber: claimByMobile(mobile),
      })
      .from(accountTable)
      .where(and(hasNumber(indexes), not(isLeftBehind(ctx)))),
  ] as const;
}
