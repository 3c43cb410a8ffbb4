import { commit } from '@shiming/db';
import { appErrorIn, parseCodeAnswers } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend } from '../challenge/challenge.ts';
import { accepted, type Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { giveProof, proofCode } from './proof.ts';

/**
 * T-PRO-05: proves who is at the session by the code that went to the account's own contact. The try is counted,
 * then compared.
 *
 * @returns the session's new cookie
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, request.stale
 */
export async function proveByCode(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { code: string },
): Promise<{ sessionToken: string }> {
  const { sms, mail } = ctx.portal.codes;
  const parsed = accepted(parseCodeAnswers(input, sms, mail));
  const binding = proofCode(signedIn);
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, binding, ctx.now())]);
  const codeId = await judgeTry(ctx, binding, tried, parsed.code).catch(async (error) => {
    if (tried !== undefined && appErrorIn(error) !== null) {
      await commit(ctx.db, [record(ctx, 'proof.refused', signedIn.account.id, { by: 'code' })]);
    }
    throw error;
  });
  const proof = await giveProof(ctx, signedIn, 'code');
  await commit(ctx.db, [
    ...spend(ctx.db, codeId, ctx.now(), { code: 'code.expired' }),
    ...proof.statements,
  ]);
  return { sessionToken: proof.token };
}
