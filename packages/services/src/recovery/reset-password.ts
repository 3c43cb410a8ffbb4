import { commit } from '@shiming/db';
import {
  AppError,
  codeRulesOf,
  parseCodeAnswers,
  type PasswordAnswers,
  together,
} from '@shiming/domain';
import { spend, withRightCode } from '../challenge/challenge.ts';
import { accepted, type Ctx } from '../context.ts';
import { tryRecoveryCode } from './begun.ts';
import { markAfterReset, parseNewPassword, refusePersonal, resetStatements } from './reset.ts';

/**
 * T-PWD-03: the code and the new password on one page. A refused password does not cost a try, whenever it is
 * refused. A reset ends every session of the account and every recovery of it that is on its way, with
 * their codes; of two at once, one wins.
 *
 * @throws AppError input.invalid, recovery.not_started, code.wrong, code.expired, code.tries_used_up, request.stale,
 * request.too_many
 */
export async function resetPassword(
  ctx: Ctx,
  token: string | null,
  input: PasswordAnswers & { code: string },
): Promise<{ deviceMark: string }> {
  const typed = accepted(
    together(parseCodeAnswers(input, ...codeRulesOf(ctx.portal, 'proof')), parseNewPassword(input)),
  );

  const { recovery, codeId } = await tryRecoveryCode(ctx, token, typed.code);
  const { account } = recovery;
  // Of nobody's contact no code was sent: a guess that is right is a guess.
  if (account === null) throw new AppError({ code: 'code.expired' });
  await withRightCode(ctx, codeId, async () => {
    await refusePersonal(ctx, account, input);
    await commit(ctx.db, [
      ...spend(ctx.db, codeId, ctx.now(), { code: 'code.expired' }),
      ...(await resetStatements(ctx, account, input.password)),
    ]);
  });
  return { deviceMark: await markAfterReset(ctx, account, recovery.userName) };
}
