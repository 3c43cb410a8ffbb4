import { commit } from '@shiming/db';
import { record } from '../audit/record.ts';
import { voidGiven } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { contactCode, voidPendingChanges } from './change.ts';

/** Drops the change that waits for its code. That there is none is no error. */
export async function cancelContactChange(ctx: Ctx, { account }: SignedIn): Promise<void> {
  await commit(ctx.db, [
    ...voidPendingChanges(ctx, account.id),
    ...voidGiven(ctx.db, contactCode(account.id)),
    record(ctx, 'contact.change_cancelled', account.id),
  ]);
}
