import { type Batch, windowTicketTable } from '@shiming/db';
import {
  AppError,
  groupTicketCode,
  type WindowCheck,
  windowCodeOf,
  type WindowReason,
  type WindowRevocation,
  windowRule,
  type WindowStatus,
} from '@shiming/domain';
import { and, desc, eq, gt, lte } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import type { Subject } from './ask.ts';

export type WindowTicket = typeof windowTicketTable.$inferSelect;

/** A ticket as its holder sees it. */
export type WindowTicketView = {
  /** In groups, as it is read out; what the QR code says. */
  code: string;
  check: WindowCheck;
  status: WindowStatus;
  reason: WindowReason | null;
  createdAtMs: number;
  expiresAtMs: number;
  decidedAtMs: number | null;
  revokedAtMs: number | null;
  revocation: WindowRevocation | null;
};

export const viewTicket = (ticket: WindowTicket | undefined): WindowTicketView | null => {
  if (ticket === undefined) return null;
  const { code, check, status, reason, createdAtMs, expiresAtMs, decidedAtMs } = ticket;
  return {
    code: groupTicketCode(code),
    check,
    status,
    reason,
    createdAtMs,
    expiresAtMs,
    decidedAtMs,
    revokedAtMs: ticket.revokedAtMs,
    revocation: ticket.revocation,
  };
};

const perDay: Limit = {
  limit: windowRule.perDay,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** The statement (in a list of one) that finds the newest ticket of an account, or of what is to become one. */
export const newestTicket = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  [
    db
      .select()
      .from(windowTicketTable)
      .where(eq(windowTicketTable.accountId, accountId))
      .orderBy(desc(windowTicketTable.createdAtMs))
      .limit(1),
  ] as const;

/** That a ticket can be used now. */
export const isOpenTicket = (nowMs: number) =>
  and(eq(windowTicketTable.status, 'open'), gt(windowTicketTable.expiresAtMs, nowMs));

/**
 * Takes a ticket for a check of a person, or finds the one that is open, with `statements` in its batch.
 *
 * @throws AppError request.too_many, and what the condition of the subject refuses with
 */
export async function takeTicket(
  ctx: Ctx,
  { id: accountId, countedFor, condition }: Subject,
  check: WindowCheck,
  statements: readonly Batch[number][] = [],
): Promise<WindowTicketView> {
  const nowMs = ctx.now();
  const { db } = ctx;
  const open = () =>
    db
      .select()
      .from(windowTicketTable)
      .where(and(eq(windowTicketTable.accountId, accountId), isOpenTicket(nowMs)));
  const [standing] = await open();
  if (standing?.check === check) return viewTicket(standing) as WindowTicketView;
  const ofThis = eq(windowTicketTable.accountId, accountId);
  const isOver = standing === undefined ? lte(windowTicketTable.expiresAtMs, nowMs) : undefined;
  const [, , , , [taken]] = await commitClaims(
    ctx,
    [newClaim(ctx, 'window', countedFor, [perDay])],
    [
      condition,
      db
        .update(windowTicketTable)
        .set({ status: 'replaced' })
        .where(and(ofThis, eq(windowTicketTable.status, 'open'), isOver)),
      // Of several at once the first is the ticket, and the others find it.
      db
        .insert(windowTicketTable)
        .values({
          id: ctx.crypto.randomToken(12),
          code: windowCodeOf(ctx.crypto.randomBytes(12)),
          portal: ctx.portal.id,
          accountId,
          check,
          status: 'open',
          createdAtMs: nowMs,
          expiresAtMs: nowMs + windowRule.validMs,
        })
        .onConflictDoNothing(),
      record(ctx, 'window.ticket_taken', accountId, { check }),
      open(),
      ...statements,
    ],
  );
  const view = viewTicket(taken);
  if (view === null) throw new AppError({ code: 'service.unavailable' });
  return view;
}
