import { commit, guard } from '@shiming/db';
import { sql } from 'drizzle-orm';
import { identifierQuery, removeIdentifier } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notify } from '../notice/notify.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';

/**
 * T-PRO-06: the account can no longer be reset by WeChat.
 *
 * @throws AppError proof.required, wechat.not_bound
 */
export async function unbindWeChat(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    guard(ctx.db, sql`exists ${identifierQuery(ctx, account.id, 'wechat')}`, {
      code: 'wechat.not_bound',
    }),
    ...removeIdentifier(ctx, account.id, 'wechat'),
    ...endPending(ctx, account.id),
    ...(await notify(ctx, account, 'wechat_unbound')),
    record(ctx, 'wechat.unbound', account.id),
  ]);
}
