import { verificationTable } from '@shiming/db';
import {
  type Identity,
  readWindowCode,
  type VerificationStatus,
  type WindowCheck,
  windowRule,
} from '@shiming/domain';
import { desc, eq } from 'drizzle-orm';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { openAtWindow } from './subject.ts';

/** What the clerk compares with person and card. */
export type OpenedTicket = {
  ticketId: string;
  version: number;
  check: WindowCheck;
  portal: { zh: string; en: string };
  identity: Pick<Identity, 'type' | 'name' | 'number' | 'validity'>;
  expiresAtMs: number;
  /** How the last check online ended, for which the person comes; `null` where none was made. */
  lastCheck: { status: VerificationStatus; atMs: number } | null;
};

/**
 * E-WIN-01: opens the ticket of a person who has come to the window. Each look is on record, and limited, since codes can be
 * guessed.
 *
 * @throws AppError window.ticket_over, window.own_ticket, request.too_many
 */
export async function openWindowTicket(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { code: string },
): Promise<OpenedTicket> {
  const code = readWindowCode(input.code);
  refuseUnless(code !== null, { code: 'window.ticket_over' });
  const { member } = staff;
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'window.opened', member.id, [
        {
          limit: windowRule.opensPerDay,
          window: 'shanghai_day',
          refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
        },
      ]),
    ],
    [],
  );
  const { ctx: there, ticket, identity, version } = await openAtWindow(ctx, staff, { code });
  const [, [last]] = await ctx.db.batch([
    record(ctx, 'window.looked', ticket.accountId, {
      role: member.role,
      ticket: ticket.id,
      window: member.scope,
    }),
    ctx.db
      .select({ status: verificationTable.status, atMs: verificationTable.askedAtMs })
      .from(verificationTable)
      .where(eq(verificationTable.accountId, ticket.accountId))
      .orderBy(desc(verificationTable.askedAtMs))
      .limit(1),
  ]);
  const { type, name, number, validity } = identity;
  return {
    ticketId: ticket.id,
    version,
    check: ticket.check,
    portal: there.portal.name,
    identity: { type, name, number, validity },
    expiresAtMs: ticket.expiresAtMs,
    lastCheck: last ?? null,
  };
}
