import { type Level, type Proved, provedOf } from '@shiming/domain';
import { isClaimant } from '../account/account.ts';
import { standingAttestations } from '../account/attestation.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { newestTicket, viewTicket, type WindowTicketView } from './window-ticket.ts';

/** A level that a check has given: how, when, and until when that holds. */
export type Attained = Proved & { level: Level };

/** E-LVL-01: the level of an account, every check that stands for it, and the newest ticket for a window. */
export async function viewLevels(
  ctx: Ctx,
  { account, level }: SignedIn,
): Promise<{ level: Level; attained: Attained[]; ticket: WindowTicketView | null }> {
  const [rows, [ticket]] = await ctx.db.batch([
    ...standingAttestations(ctx, account.id),
    ...newestTicket(ctx, account.id),
  ]);
  // While its number opens another account, what was attested gives no level.
  const attained = isClaimant(account) ? [] : rows;
  return {
    level,
    ticket: viewTicket(ticket),
    attained: attained.flatMap((row) => {
      if (row.kind === 'binding') return [];
      const proved = provedOf({ ...row, kind: row.kind });
      return proved === null ? [] : [{ ...proved, level: row.level }];
    }),
  };
}
