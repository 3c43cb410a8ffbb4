import {
  allowanceTable,
  registrationTable,
  verificationTable,
  windowTicketTable,
} from '@shiming/db';
import {
  startOfNextShanghaiDay,
  startOfShanghaiDay,
  type VerificationOutcome,
  type VerificationStatus,
} from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { blindIndex } from '../vault/vault.ts';
import {
  viewTicket,
  type WindowTicket,
  type WindowTicketView,
} from '../verification/window-ticket.ts';
import type { Registration } from './draft.ts';

/** What the tries of a check are counted for before there is an account. */
export const countedForNumber = (ctx: Ctx, { number }: { number: string }): Promise<string> =>
  blindIndex(ctx, 'number', number);

/** The statement (in a list of one) that finds how the last check of a registration ended, and how many tries its number has used today. */
export async function checksQuery(ctx: Ctx, { id, draft }: Pick<Registration, 'id' | 'draft'>) {
  const { accountId, askedAtMs, status, id: questionId } = verificationTable;
  const subject = draft.document === null ? '' : await countedForNumber(ctx, draft.document);
  // Since the document was given as it is now: what was said of another is over.
  const sinceMs = draft.consent?.atMs ?? 0;
  const last = sql`from ${verificationTable} where ${accountId} = ${registrationTable.id} and ${askedAtMs} >= ${sinceMs} order by ${askedAtMs} desc limit 1`;
  // As a part of its own, or its columns would lose the names of their tables. A refusal of an earlier document is over, too.
  const ticket = sql`select json_object('code', ${windowTicketTable.code}, 'check', ${windowTicketTable.check}, 'status', ${windowTicketTable.status}, 'reason', ${windowTicketTable.reason}, 'createdAtMs', ${windowTicketTable.createdAtMs}, 'expiresAtMs', ${windowTicketTable.expiresAtMs}, 'decidedAtMs', ${windowTicketTable.decidedAtMs}, 'revokedAtMs', ${windowTicketTable.revokedAtMs}, 'revocation', ${windowTicketTable.revocation}) from ${windowTicketTable} where ${windowTicketTable.accountId} = ${registrationTable.id} and (${windowTicketTable.status} <> 'refused' or ${windowTicketTable.decidedAtMs} >= ${sinceMs}) order by ${windowTicketTable.createdAtMs} desc limit 1`;
  return [
    ctx.db
      .select({
        status: sql<VerificationStatus | null>`(select ${status} ${last})`,
        isCounted: sql<
          number | null
        >`(select ${allowanceTable.isCounted} from ${allowanceTable} where ${allowanceTable.id} = (select ${questionId} ${last}))`,
        ticket: sql<string | null>`(${ticket})`,
        used: sql<number>`(select count(*) from ${allowanceTable} where ${allowanceTable.kind} = 'verification' and ${allowanceTable.subject} = ${subject} and ${allowanceTable.atMs} >= ${startOfShanghaiDay(ctx.now())} and ${allowanceTable.isCounted} = 1)`,
      })
      .from(registrationTable)
      .where(eq(registrationTable.id, id)),
  ] as const;
}

/** What a page shows of the check of a registration. */
export type DraftCheckView = {
  /** How the last one ended; `null`: none was made, or it is on its way. */
  last: VerificationOutcome | null;
  /** Whether that was one of the day's tries. */
  isCounted: boolean;
  perDay: number;
  remainingToday: number;
  resumesAtMs: number;
  /** The newest ticket for a window. */
  ticket: WindowTicketView | null;
};

/** What the statement of `checksQuery` has read; `null` where the portal's flow has no check. */
export function viewChecks(
  ctx: Ctx,
  found: Awaited<Awaited<ReturnType<typeof checksQuery>>[0]>[number] | undefined,
): DraftCheckView | null {
  const { portal } = ctx;
  if (!portal.flows.register.steps.includes('verify')) return null;
  const { perDay } = portal.verification;
  const { status = null, isCounted = null, used = 0, ticket = null } = found ?? {};
  return {
    last: status === 'asked' ? null : status,
    isCounted: isCounted === 1,
    perDay,
    remainingToday: Math.max(0, perDay - used),
    ticket: viewTicket(ticket === null ? undefined : (JSON.parse(ticket) as WindowTicket)),
    resumesAtMs: startOfNextShanghaiDay(ctx.now()),
  };
}
