import { commit, identifierTable } from '@shiming/db';
import { AppError, codeRulesOf, type ContactKind, parseCodeAnswers } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { contactsForMessages } from '../account/recipients.ts';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { splitToken } from '../session/bearer.ts';
import { openRecovery, recoveryById, recoveryCode } from './begun.ts';

/**
 * S-USR-01: returns the contacts by which somebody signs in, in full, to a person who has typed the real-name data of the
 * account and a code that went to one of its contacts. `''` for one that does not sign in.
 *
 * @throws AppError request.not_found (at a portal that has no such flow), input.invalid, recovery.not_started, code.wrong,
 * code.expired, code.tries_used_up
 */
export async function tellUserNames(
  ctx: Ctx,
  token: string | null,
  input: { code: string },
): Promise<{ mobile: string; email: string }> {
  refuseUnless(ctx.portal.flows.find_user_name !== undefined, { code: 'request.not_found' });
  const typed = parseCodeAnswers(input, ...codeRulesOf(ctx.portal, 'proof'));
  if (!typed.ok) throw new AppError({ code: 'input.invalid', fields: typed.fields });
  const { id, secret } = splitToken(token) ?? { id: '', secret: '' };
  const binding = recoveryCode(id);
  const [found, [tried]] = await commit(ctx.db, [
    recoveryById(ctx, id),
    countTry(ctx.db, binding, ctx.now()),
  ]);
  const recovery = await openRecovery(ctx, found, secret);
  refuseUnless(recovery !== null && recovery.userName === null, { code: 'recovery.not_started' });
  const judged = await judgeTry(ctx, binding, tried, typed.value.code);
  if (!judged.isRight) throw new AppError(judged.refusal);
  const { account } = recovery;
  const [opening] = await commit(ctx.db, [
    ctx.db
      .select({ kind: identifierTable.kind })
      .from(identifierTable)
      .where(and(eq(identifierTable.accountId, account.id), eq(identifierTable.signsIn, true))),
    ...spend(ctx.db, judged.id, ctx.now(), { code: 'code.expired' }),
    record(ctx, 'recovery.user_names_told', account.id),
  ]);
  const proved = await contactsForMessages(ctx, account);
  const told = (of: ContactKind) =>
    opening.some(({ kind }) => kind === of) ? (proved[of] ?? '') : '';
  return { mobile: told('mobile'), email: told('email') };
}
