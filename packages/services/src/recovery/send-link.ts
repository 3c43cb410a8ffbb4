import { maskEmail, resetLinkMail } from '@shiming/domain';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { giveOnly } from '../challenge/challenge.ts';
import { perContact } from '../challenge/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { openContact } from '../profile/account.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { contactHash } from '../vault/vault.ts';
import { guardBegun, loadRecovery, recoveryLink } from './begun.ts';

const hourMs = 3_600_000;

/**
 * T-PWD-02: a link to the account's mail address, good for 24 hours and once. It waits in the outbox until a mail
 * server has taken it. An earlier link is void from then on.
 *
 * @throws AppError recovery.not_started, puzzle.ticket_refused, code.too_soon, code.day_limit
 */
export async function sendRecoveryLink(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<{ maskedEmail: string; expiresAtMs: number }> {
  const recovery = await loadRecovery(ctx, token);
  const { account } = recovery;
  const { email } = await openContact(ctx, account);
  const rule = ctx.portal.recovery.link;
  const { validMs } = rule;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.publicOrigin}/recovery/link#${account.id}.${secret}`;
  const expiresAtMs = ctx.now() + validMs;
  const mail = resetLinkMail({ portal: ctx.portal.name, link, hours: validMs / hourMs });
  await commitClaims(
    ctx,
    [newClaim(ctx, 'mail', await contactHash(ctx, 'email', email), perContact(rule))],
    [
      guardBegun(ctx, recovery),
      ...(await spendTicket(ctx, 'recover', input.ticket)),
      ...(await giveOnly(ctx, recoveryLink(account.id), secret, { validMs, tries: 1 })),
      ...(await enqueueMail(
        ctx,
        { to: email, ...mail },
        { as: 'code', accountId: account.id, expiresAtMs },
      )),
      record(ctx, 'recovery.link_sent', account.id),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
  return { maskedEmail: maskEmail(email), expiresAtMs };
}
