import { guard } from '@shiming/db';
import { sql } from 'drizzle-orm';
import { identifierQuery } from '../account/identifiers.ts';
import type { Ctx } from '../context.ts';
import { giveTicketBack, spendTicket } from '../puzzle/puzzle.ts';
import { drawScene } from '../wechat/scene.ts';
import { keepBegun, loadIdentified } from './begun.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

/**
 * T-PWD-04: the QR code of a reset by WeChat. The WeChat that the account is bound to gets a link in the chat, when
 * it has scanned the code and presses the menu.
 *
 * @throws AppError recovery.not_started, wechat.not_bound, puzzle.ticket_refused, request.too_many,
 * wechat.unavailable
 */
export async function sendRecoveryScene(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<RecoveryView> {
  const recovery = await loadIdentified(ctx, token);
  const { id, account } = recovery;
  const { sceneValidMs = 0, linkValidMs = 0 } = ctx.portal.weChat ?? {};
  const { written } = await drawScene(ctx, {
    purpose: 'recovery',
    subject: id,
    before: [
      guard(ctx.db, sql`exists ${identifierQuery(ctx, account.id, 'wechat')}`, {
        code: 'wechat.not_bound',
      }),
      ...(await spendTicket(ctx, 'recover', input.ticket)),
    ],
    undo: await giveTicketBack(ctx, 'recover', input.ticket),
    write: [
      ...keepBegun(ctx, recovery, ctx.now() + sceneValidMs + linkValidMs),
      ...(await besideRecovery(ctx, recovery)),
    ],
  });
  const [, , ...rows] = written;
  return viewRecovery(ctx, recovery, rows);
}
