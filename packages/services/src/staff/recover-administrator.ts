import { commit, staffPasskeyTable, staffTable } from '@shiming/db';
import { AppError, parseLoginName, parseStaffPersonAnswers } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { formerPasswordsOf } from '../account/former-passwords.ts';
import { keyIdAfter } from '../vault/vault.ts';
import { guardMemberUnchanged, guardOnlyAccount } from './guards.ts';
import { personTaken } from './invite.ts';
import { giveStaffLink } from './link.ts';
import { openStaffPerson, personColumns } from './person.ts';
import { endStaffSessions } from './session.ts';
import { tellWatchers, watchersBut } from './tell.ts';

/**
 * Restores the sign-in of an administrator whom no other administrator can help, as of the only one who lost the
 * authenticator. Every session ends and every earlier way to sign in is void at once; both are set up again by the
 * link, which is shown to the person who runs the command and goes nowhere else. A mail says so to the administrator, to
 * the other administrators and to the auditors, stands in the audit, and is shown in the list of the staff. `number`
 * puts a missing document number on record; it changes none.
 *
 * @throws AppError request.not_found (no such administrator in use), input.invalid, request.stale
 */
export async function recoverAdministrator(
  ctx: Pick<
    Ctx,
    'db' | 'now' | 'crypto' | 'keys' | 'actor' | 'requestId' | 'publicOrigin' | 'portal'
  >,
  input: { loginName: string; number: string },
): Promise<{ link: string; told: number }> {
  const { db } = ctx;
  const loginName = parseLoginName(input.loginName);
  if (!loginName.ok) {
    throw new AppError({ code: 'input.invalid', fields: { loginName: loginName.code } });
  }
  const [[member], watchers] = await db.batch([
    db
      .select()
      .from(staffTable)
      .where(
        and(
          eq(staffTable.loginName, loginName.value),
          eq(staffTable.role, 'administrator'),
          eq(staffTable.status, 'active'),
        ),
      ),
    // Of whom the member is one.
    ...watchersBut(ctx, []),
  ]);
  if (member === undefined) throw new AppError({ code: 'request.not_found' });
  const before = await openStaffPerson(ctx, member);
  const typed = { email: before.email, number: before.number === null ? input.number : '' };
  const parsed = accepted(parseStaffPersonAnswers(typed, today(ctx)));
  const number = parsed.number ?? before.number;
  if (number === null) {
    throw new AppError({ code: 'input.invalid', fields: { number: 'document_number.missing' } });
  }
  const person = { ...before, number };
  const { link, statements } = await giveStaffLink(ctx, member.id);
  const notices = await tellWatchers(ctx, watchers, member, 'recovered_by_command');
  await commit(db, [
    guardMemberUnchanged(ctx, member),
    ...(before.number === null ? await guardOnlyAccount(ctx, member.id, person, personTaken) : []),
    db
      .update(staffTable)
      .set({
        ...(await personColumns(ctx, member.id, person)),
        passwordHash: null,
        formerPasswordHashes: formerPasswordsOf(member),
        totpSealed: null,
        totpLastStep: null,
        recoveredAtMs: ctx.now(),
        keyId: keyIdAfter(ctx, member.keyId),
        version: sql`${staffTable.version} + 1`,
      })
      .where(eq(staffTable.id, member.id)),
    db.delete(staffPasskeyTable).where(eq(staffPasskeyTable.staffId, member.id)),
    endStaffSessions(ctx, member.id),
    ...statements,
    ...notices,
    record(ctx, 'staff.recovered_by_command', null, {
      staffId: member.id,
      numberRecorded: before.number === null,
    }),
  ]);
  return { link, told: notices.length };
}
