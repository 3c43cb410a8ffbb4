import { accountTable } from '@shiming/db';
import { contactIdentifiers, parseUserNameAnswers, type UserNameContact } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { type Account, accountRow } from '../account/account.ts';
import { identifierIndexes, openedBy } from '../account/identifiers.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { type Recovery, keepBegun, newRecovery } from './begun.ts';
import { sendCodeQuietly } from './send-code-quietly.ts';
import { besideRecovery, type RecoveryRows, type RecoveryView, viewRecovery } from './view.ts';

/** The account that is signed in to by a contact. One that only has it, and is opened by a number, is not reset by it alone. */
async function accountOf(ctx: Ctx, { kind, value }: UserNameContact): Promise<Account | null> {
  const indexes = await identifierIndexes(ctx, kind, value);
  const [account] = await ctx.db
    .select(accountRow)
    .from(accountTable)
    .where(sql`${accountTable.id} in (${openedBy(kind, indexes)})`);
  return account ?? null;
}

/** Sends a code to the user name of a recovery. Returns where the recovery stands. */
export async function sendCodeToUserName(
  ctx: Ctx,
  recovery: Extract<Recovery, { userName: UserNameContact }>,
  ticket: string,
  begin: readonly Parameters<typeof sendCodeQuietly>[3]['write'][number][] = [],
): Promise<RecoveryView> {
  const { id, account, userName } = recovery;
  const contacts = account && (await contactsForMessages(ctx, account));
  const recipient = contacts && contacts[userName.kind];
  const { codeRule } = contactIdentifiers[userName.kind];
  const first = [...begin, ...keepBegun(ctx, recovery, ctx.now() + codeRule(ctx.portal).validMs)];
  const rows = await sendCodeQuietly(ctx, id, userName, {
    to: account && recipient && { recipient, accountId: account.id },
    ticket,
    write: [...first, ...(await besideRecovery(ctx, recovery))],
  });
  return viewRecovery(ctx, recovery, rows.slice(first.length) as unknown as RecoveryRows);
}

/**
 * S-PWD-01: begins a recovery by the user name and sends a code there. Nothing tells whether an account has it.
 *
 * @returns the cookie of the recovery, and where it stands
 * @throws AppError request.not_found (at a portal whose recovery begins otherwise), input.invalid, puzzle.ticket_refused, puzzle.work_required, code.too_soon, code.day_limit,
 * request.too_many
 */
export async function beginRecovery(
  ctx: Ctx,
  input: { name: string; ticket: string },
): Promise<{ token: string; recovery: RecoveryView }> {
  refuseUnless(ctx.portal.flows.recover.steps[0] === 'user_name', { code: 'request.not_found' });
  const userName = accepted(parseUserNameAnswers(input, ctx.portal, today(ctx)));
  const account = await accountOf(ctx, userName);
  const { token, recovery, statement } = await newRecovery(ctx, { account, userName });
  const view = await sendCodeToUserName(ctx, recovery, input.ticket, [
    statement,
    record(ctx, 'recovery.begun', account?.id ?? null),
  ]);
  return { token, recovery: view };
}
