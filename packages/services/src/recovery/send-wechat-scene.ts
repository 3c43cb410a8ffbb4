import { guard } from '@shiming/db';
import type { SceneCode } from '@shiming/providers';
import { sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { giveTicketBack, spendTicket } from '../puzzle/puzzle.ts';
import { bindingOf } from '../wechat/binding.ts';
import { drawScene } from '../wechat/scene.ts';
import { guardBegun, loadRecovery } from './begun.ts';

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
): Promise<SceneCode> {
  const recovery = await loadRecovery(ctx, token);
  const { id, account } = recovery;
  const { scene } = await drawScene(ctx, {
    purpose: 'recovery',
    subject: id,
    before: [
      guard(ctx.db, sql`exists ${bindingOf(ctx, account.id)}`, { code: 'wechat.not_bound' }),
      ...(await spendTicket(ctx, 'recover', input.ticket)),
    ],
    undo: await giveTicketBack(ctx, 'recover', input.ticket),
    write: [guardBegun(ctx, recovery)],
  });
  return scene;
}
