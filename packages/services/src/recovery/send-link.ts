import { resetLinkMail } from '@shiming/domain';
import { commitClaims } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { give } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { openContact, openIdentity } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { contactHash } from '../vault/vault.ts';
import { keepBegun, loadIdentified, recoveryLink } from './begun.ts';
import { mailClaims } from './mail-claims.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

const hourMs = 3_600_000;

/**
 * T-PWD-02: a link to the account's mail address, good for 24 hours and once. It waits in the outbox until a mail
 * server has taken it. Earlier links stay good until one is used, which ends all: a stranger who asks for another one
 * voids nothing of the holder's. Links are counted for the mailbox together with the place they are asked for from.
 * An address that nobody has proved gets none, for the same answer and the same work.
 *
 * @throws AppError recovery.not_started, puzzle.ticket_refused, puzzle.work_required, code.too_soon,
 * code.day_limit
 */
export async function sendRecoveryLink(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<RecoveryView> {
  const recovery = await loadIdentified(ctx, token);
  const { account } = recovery;
  const { email } = await openContact(ctx, account);
  const { email: to } = await contactsForMessages(ctx, account);
  const { number } = await openIdentity(ctx, account);
  const [{ held: knownMark }, mailbox] = await Promise.all([
    deviceMarks(ctx, number),
    contactHash(ctx, 'email', email),
  ]);
  const rule = ctx.portal.recovery.link;
  const { validMs } = rule;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.address}/recovery/link#${account.id}.${secret}`;
  const expiresAtMs = ctx.now() + validMs;
  const mail = resetLinkMail({ portal: ctx.portal.name, link, hours: validMs / hourMs });
  const rows = await commitClaims(
    ctx,
    await mailClaims(ctx, 'mail', { mailbox, knownMark, ticket: input.ticket, rule }),
    [
      ...(await besideRecovery(ctx, recovery)),
      ...keepBegun(ctx, recovery),
      ...(await spendTicket(ctx, 'recover', input.ticket)),
      ...(await give(ctx, ctx.crypto.randomToken(12), recoveryLink(account.id), secret, {
        validMs,
        tries: 1,
      })),
      ...(await enqueueMail(
        ctx,
        { to, ...mail },
        { as: 'code', accountId: account.id, expiresAtMs },
      )),
      ...(to === null ? [] : [record(ctx, 'recovery.link_sent', account.id)]),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
  const [used, code, bound, scene, face] = rows;
  return viewRecovery(ctx, recovery, [used, code, bound, scene, face]);
}
