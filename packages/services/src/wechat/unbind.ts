import { commit, guard, wechatBindingTable } from '@shiming/db';
import { eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notify } from '../notice/notify.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { bindingOf } from './binding.ts';

/**
 * T-PRO-06: the account cannot be reset by WeChat any more.
 *
 * @throws AppError proof.required, wechat.not_bound
 */
export async function unbindWeChat(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    guard(ctx.db, sql`exists ${bindingOf(ctx, account.id)}`, { code: 'wechat.not_bound' }),
    ctx.db.delete(wechatBindingTable).where(eq(wechatBindingTable.accountId, account.id)),
    ...endPending(ctx, account.id),
    ...(await notify(ctx, account, 'wechat_unbound')),
    record(ctx, 'wechat.unbound', account.id),
  ]);
}
