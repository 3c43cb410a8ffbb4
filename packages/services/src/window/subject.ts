import { accountTable, registrationTable, windowTicketTable } from '@shiming/db';
import { AppError, type Identity } from '@shiming/domain';
import { and, eq, gt } from 'drizzle-orm';
import { type Account, accountRow, findIdentity } from '../account/account.ts';
import { type Ctx, inPortal } from '../context.ts';
import { openDraft, type Registration, stepOf } from '../registration/draft.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { blindIndex } from '../vault/vault.ts';
import { isOpenTicket, type WindowTicket } from '../verification/window-ticket.ts';

/** The window that a clerk works at, which `guardActing` holds them to; a senior is held to none. */
export const windowOf = ({ member: { scope } }: SignedInStaff) => (scope === null ? {} : { scope });

/** Whom an open ticket is about: an account, or a registration that waits for its check. */
export type AtWindow = {
  /** Of the portal where the ticket was taken. */
  ctx: Ctx;
  ticket: WindowTicket;
  identity: Identity;
  /** Of the row, so that what is recorded is about what was looked at. */
  version: number;
  of: { account: Account } | { registration: Registration };
};

/**
 * Finds an open ticket, by its id or code, and whom it is about. Nobody works on their own.
 *
 * @throws AppError window.ticket_over, window.own_ticket
 */
export async function openAtWindow(
  ctx: Ctx,
  { member }: SignedInStaff,
  by: { ticketId: string } | { code: string },
): Promise<AtWindow> {
  const { id, code, accountId } = windowTicketTable;
  const is = 'code' in by ? eq(code, by.code) : eq(id, by.ticketId);
  const found = and(is, isOpenTicket(ctx.now()));
  const [[ofAccount], [ofRegistration]] = await ctx.db.batch([
    ctx.db
      .select({ ticket: windowTicketTable, account: accountRow })
      .from(windowTicketTable)
      .innerJoin(
        accountTable,
        and(eq(accountTable.id, accountId), eq(accountTable.status, 'active')),
      )
      .where(found),
    ctx.db
      .select({ ticket: windowTicketTable, row: registrationTable })
      .from(windowTicketTable)
      .innerJoin(
        registrationTable,
        and(eq(registrationTable.id, accountId), gt(registrationTable.expiresAtMs, ctx.now())),
      )
      .where(found),
  ]);
  const { ticket } = ofAccount ?? ofRegistration ?? {};
  const over = new AppError({ code: 'window.ticket_over' });
  if (ticket === undefined) throw over;
  const there = inPortal(ctx, ticket.portal);
  const known = async (): Promise<Omit<AtWindow, 'ctx' | 'ticket'> | null> => {
    if (ofAccount !== undefined) {
      const { account } = ofAccount;
      const identity = await findIdentity(ctx, account);
      return identity && { identity, version: account.version, of: { account } };
    }
    if (ofRegistration === undefined) return null;
    const registration = await openDraft(ctx, ofRegistration.row);
    const { document: identity } = registration.draft;
    const waits = stepOf(there, registration) === 'verify';
    return waits && identity !== null
      ? { identity, version: registration.version, of: { registration } }
      : null;
  };
  const about = await known();
  if (about === null) throw over;
  const own = await ownNumberIndexes(ctx, member);
  if (own.includes(await blindIndex(ctx, 'number', about.identity.number))) {
    throw new AppError({ code: 'window.own_ticket' });
  }
  return { ctx: there, ticket, ...about };
}
