import {
  accountTable,
  commit,
  guard,
  hasWritten,
  registrationTable,
  staffTable,
  windowTicketTable,
} from '@shiming/db';
import { contactKinds, readWindowCode, type WindowRevocation } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  findIdentity,
  openContact,
  provedAtMsOf,
} from '../account/account.ts';
import { revoke } from '../account/attestation.ts';
import { type AccountChange, changeAccount } from '../account/change.ts';
import { removeIdentifier } from '../account/identifiers.ts';
import { endPending } from '../account/secure.ts';
import { record } from '../audit/record.ts';
import { tellOfAuthorisation } from '../authorisation/tell.ts';
import { type Ctx, inPortal, refuseUnless } from '../context.ts';
import { openDraft, saveStep } from '../registration/draft.ts';
import { endSessions } from '../session/session.ts';
import { guardActing } from '../staff/guards.ts';
import { isSamePerson, ownNumberIndexes } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { windowOf } from './subject.ts';
import { blindIndex } from '../vault/vault.ts';

/** Statements by which nothing opens an account any more that somebody else may hold. */
async function closeToOthers(ctx: Ctx, account: Account) {
  const held = await openContact(ctx, account);
  const contact: AccountChange['contact'] = {};
  for (const kind of contactKinds) {
    if (provedAtMsOf(account, kind) === null) continue;
    contact[kind] = { value: held[kind], provedAtMs: null };
  }
  return [
    ...(await changeAccount(ctx, account, { passwordHash: null, contact })),
    ...removeIdentifier(ctx, account.id, 'wechat'),
    ...removeIdentifier(ctx, account.id, 'ministry'),
    ...endSessions(ctx, account.id),
  ];
}

/**
 * E-WIN-01: revokes a pass that was wrong. It takes another person than the clerk who recorded it: a clerk of the same window,
 * or a senior. The level that rests on it falls at once, what is on its way into the account ends, and the person is told; a
 * registration that is not finished goes back to its check. Where it was another person, or the card was not genuine, the
 * sessions, the password, the contacts and what was linked may be theirs: all end, contacts until they are proved again, and
 * the holder sets a new password by face, or has a contact put right. A pass that was recorded by mistake leaves them.
 *
 * @throws AppError staff.proof_required, staff.number_required, staff.forbidden, window.ticket_over, window.own_ticket,
 * window.second_person, request.stale
 */
export async function revokeWindowPass(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { code: string; reason: WindowRevocation },
): Promise<void> {
  const acting = guardActing(ctx, windowOf(staff));
  requireStaffProof(ctx, staff);
  const { member } = staff;
  const { code, status, scope, clerkId, accountId } = windowTicketTable;
  const [found] = await ctx.db
    .select({
      ticket: windowTicketTable,
      clerk: staffTable,
      account: accountRow,
      row: registrationTable,
    })
    .from(windowTicketTable)
    .innerJoin(staffTable, eq(staffTable.id, clerkId))
    .leftJoin(accountTable, eq(accountTable.id, accountId))
    .leftJoin(registrationTable, eq(registrationTable.id, accountId))
    .where(
      and(
        eq(code, readWindowCode(input.code) ?? ''),
        eq(status, 'passed'),
        member.scope === null ? undefined : eq(scope, member.scope),
      ),
    );
  refuseUnless(found !== undefined, { code: 'window.ticket_over' });
  const { ticket, clerk, account, row } = found;
  refuseUnless(!(await isSamePerson(ctx, member, clerk)), { code: 'window.second_person' });
  const there = inPortal(ctx, ticket.portal);
  const registration = row === null ? null : await openDraft(there, row);
  const identity =
    account === null ? registration?.draft.document : await findIdentity(ctx, account);
  const own = await ownNumberIndexes(ctx, member);
  const isOwn = identity && own.includes(await blindIndex(ctx, 'number', identity.number));
  refuseUnless(!isOwn, { code: 'window.own_ticket' });
  const isMistaken = input.reason === 'mistaken';
  const restsOnIt = registration?.draft.checked?.sourceId === ticket.id;
  await commit(ctx.db, [
    acting,
    ctx.db
      .update(windowTicketTable)
      .set({
        status: 'revoked',
        revocation: input.reason,
        revokedAtMs: ctx.now(),
        revokedBy: member.id,
      })
      .where(and(eq(windowTicketTable.id, ticket.id), eq(status, 'passed'))),
    guard(ctx.db, hasWritten, { code: 'window.ticket_over' }),
    record(ctx, 'window.revoked', ticket.accountId, {
      role: member.role,
      check: ticket.check,
      reason: input.reason,
      window: ticket.scope,
    }),
    ...revoke(ctx, ticket.id),
    ...(account === null
      ? []
      : [
          ...(isMistaken
            ? await changeAccount(there, account, {})
            : await closeToOthers(there, account)),
          ...endPending(there, account.id),
          ...(await tellOfAuthorisation(there, account, 'window_revoked', {
            reason: input.reason,
          })),
        ]),
    ...(registration !== null && restsOnIt
      ? (await saveStep(there, registration, 'document', { checked: null })).statements
      : []),
  ]);
}
