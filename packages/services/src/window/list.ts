import { windowTicketTable } from '@shiming/db';
import { groupTicketCode } from '@shiming/domain';
import { desc, eq, isNotNull } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { staffNames } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';

const most = 50;

/** What was recorded last at the window of a clerk, or at all of them, by whom and why. It names no person who came. */
export async function listWindowDecisions(ctx: Ctx, { member }: SignedInStaff) {
  const rows = await ctx.db
    .select()
    .from(windowTicketTable)
    .where(
      member.scope === null
        ? isNotNull(windowTicketTable.decidedAtMs)
        : eq(windowTicketTable.scope, member.scope),
    )
    .orderBy(desc(windowTicketTable.decidedAtMs))
    .limit(most);
  const names = await staffNames(
    ctx,
    rows.flatMap(({ clerkId }) => clerkId ?? []),
  );
  return {
    window: member.scope,
    decisions: rows.map(({ code, check, status, reason, decidedAtMs, clerkId, scope }) => ({
      code: groupTicketCode(code),
      check,
      status,
      reason,
      window: scope ?? '',
      decidedAtMs,
      clerk: names.get(clerkId ?? '') ?? '',
    })),
  };
}
