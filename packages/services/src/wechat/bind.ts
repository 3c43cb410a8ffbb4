import { commit, isUniqueViolation } from '@shiming/db';
import { AppError, parseCodeAnswers } from '@shiming/domain';
import { putIdentifier } from '../account/identifiers.ts';
import { opensOne } from '../account/create.ts';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend, withRightCode } from '../challenge/challenge.ts';
import { accepted, type Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notify } from '../notice/notify.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { bindingCode, guardUnbound } from './binding.ts';
import { openIdGiven, scannedScenes } from './scene.ts';

/**
 * T-PRO-06: binds the WeChat in whose chat the code was given, in place of another that was bound before. One
 * WeChat belongs to one account. It needs a proof as its beginning does: every session of the account shows the QR code,
 * and the first person who scans it gets the code.
 *
 * @throws AppError proof.required, input.invalid, code.wrong, code.expired, code.tries_used_up, wechat.bound_elsewhere
 */
export async function bindWeChat(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { code: string },
): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const parsed = accepted(parseCodeAnswers(input, ctx.portal.codes.weChat));
  const binding = bindingCode(account.id);
  const [[tried], scenes] = await commit(ctx.db, [
    countTry(ctx.db, binding, ctx.now()),
    scannedScenes(ctx, 'binding', account.id),
  ]);
  const codeId = await judgeTry(ctx, binding, tried, parsed.code);
  await withRightCode(ctx, codeId, async () => {
    const openId = await openIdGiven(ctx, scenes, codeId);
    if (openId === null) throw new AppError({ code: 'code.expired' });
    try {
      await commit(ctx.db, [
        guardSignedIn(ctx, signedIn),
        ...spend(ctx.db, codeId, ctx.now(), { code: 'code.expired' }),
        ...(await guardUnbound(ctx, account.id, openId)),
        ...(await putIdentifier(ctx, account.id, {
          kind: 'wechat',
          value: openId,
          provedAtMs: ctx.now(),
        })),
        ...endPending(ctx, account.id),
        ...(await notify(ctx, account, 'wechat_bound')),
        record(ctx, 'wechat.bound', account.id),
      ]);
    } catch (error) {
      // Two accounts at once: the unique index decides.
      if (isUniqueViolation(error, opensOne)) {
        throw new AppError({ code: 'wechat.bound_elsewhere' });
      }
      throw error;
    }
  });
}
