import { windowCheckAt } from '@shiming/domain';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { accountAsSubject } from './ask.ts';
import { takeTicket, type WindowTicketView } from './window-ticket.ts';

/**
 * E-WIN-01: a ticket for the next level of an account.
 *
 * @throws AppError window.not_needed, identity.required, consent.required, request.too_many
 */
export async function takeAccountTicket(
  ctx: Ctx,
  { account, level }: SignedIn,
): Promise<WindowTicketView> {
  const check = ctx.portal.hasWindow ? windowCheckAt(level) : null;
  refuseUnless(check !== null, { code: 'window.not_needed' });
  refuseUnless(account.documentType !== null, { code: 'identity.required' });
  return takeTicket(ctx, accountAsSubject(ctx, account), check);
}
