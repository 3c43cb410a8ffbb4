import { accountTable } from '@shiming/db';
import { numberKey } from '@shiming/domain';
import { and, not } from 'drizzle-orm';
import { hasNumber, identifierIndexes } from '../account/identifiers.ts';
import { isLeftBehind } from '../account/taken-up.ts';
import type { Ctx } from '../context.ts';
import type { Registration } from './draft.ts';

/**
 * The query (in a list of one) of the account that has the number of a registration; of none where no number was given. What
 * it finds is for a person who has proved a contact to know (T-REG-16).
 */
export async function numberTakenQuery(ctx: Ctx, { draft: { document } }: Registration) {
  const indexes =
    document === null ? [] : await identifierIndexes(ctx, 'document_number', numberKey(document));
  return [
    ctx.db
      .select({ id: accountTable.id })
      .from(accountTable)
      .where(and(hasNumber(indexes), not(isLeftBehind(ctx)))),
  ] as const;
}
