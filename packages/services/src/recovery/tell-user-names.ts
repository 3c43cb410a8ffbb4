import { commit, identifierTable } from '@shiming/db';
import { codeRulesOf, type ContactKind, parseCodeAnswers } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { contactsForMessages } from '../account/recipients.ts';
import { record } from '../audit/record.ts';
import { spend } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { isIdentified, tryRecoveryCode } from './begun.ts';

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
  const typed = accepted(parseCodeAnswers(input, ...codeRulesOf(ctx.portal, 'proof')));
  const { recovery, codeId } = await tryRecoveryCode(ctx, token, typed.code, isIdentified);
  const { account } = recovery;
  const [opening] = await commit(ctx.db, [
    ctx.db
      .select({ kind: identifierTable.kind })
      .from(identifierTable)
      .where(and(eq(identifierTable.accountId, account.id), eq(identifierTable.signsIn, true))),
    ...spend(ctx.db, codeId, ctx.now(), { code: 'code.expired' }),
    record(ctx, 'recovery.user_names_told', account.id),
  ]);
  const proved = await contactsForMessages(ctx, account);
  const told = (of: ContactKind) =>
    opening.some(({ kind }) => kind === of) ? (proved[of] ?? '') : '';
  return { mobile: told('mobile'), email: told('email') };
}
