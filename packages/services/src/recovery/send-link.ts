import { maskEmail, resetLinkMail } from '@shiming/domain';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { giveOnly } from '../challenge/challenge.ts';
import { perContact } from '../challenge/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { openContact, openIdentity } from '../account/account.ts';
import { isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';
import { guardBegun, loadRecovery, recoveryLink } from './begun.ts';

const hourMs = 3_600_000;

/**
 * Links to one mailbox that browsers unknown to its account ask for in a day, together: from the eleventh on they take
 * heavy work, and thirty are all. A browser that has signed in before is not counted here.
 */
const strangersWith = (isHeavy: boolean): readonly Limit[] => [
  ...(isHeavy
    ? []
    : [
        {
          limit: 10,
          window: 'shanghai_day',
          refusal: () => ({ code: 'puzzle.work_required' }) as const,
        } as const,
      ]),
  {
    limit: 30,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'code.day_limit', limit: 30, resumesAtMs }),
  },
];

/**
 * T-PWD-02: a link to the account's mail address, good for 24 hours and once. It waits in the outbox until a mail
 * server has taken it. An earlier link is void from then on. Links are counted for the mailbox together with the place
 * they are asked for from, so a stranger who asks keeps nobody else from it.
 *
 * @throws AppError recovery.not_started, puzzle.ticket_refused, puzzle.work_required, code.too_soon,
 * code.day_limit
 */
export async function sendRecoveryLink(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<{ maskedEmail: string; expiresAtMs: number }> {
  const recovery = await loadRecovery(ctx, token);
  const { account } = recovery;
  const { email } = await openContact(ctx, account);
  const { number } = await openIdentity(ctx, account);
  const [{ held: knownMark }, mailbox, address] = await Promise.all([
    deviceMarks(ctx, number),
    contactHash(ctx, 'email', email),
    subjectHash(ctx, 'address', ctx.visitor.address),
  ]);
  const rule = ctx.portal.recovery.link;
  const { validMs } = rule;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.address}/recovery/link#${account.id}.${secret}`;
  const expiresAtMs = ctx.now() + validMs;
  const mail = resetLinkMail({ portal: ctx.portal.name, link, hours: validMs / hourMs });
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'mail', `${mailbox}:${knownMark ?? address}`, perContact(rule)),
      ...(knownMark === null
        ? [newClaim(ctx, 'mail.strangers', mailbox, strangersWith(isHeavy(input.ticket)))]
        : []),
    ],
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
