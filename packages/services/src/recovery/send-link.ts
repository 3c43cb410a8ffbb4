import { resetLinkMail } from '@shiming/domain';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { networkOf } from '../allowance/per-address.ts';
import { strangersLimits } from '../allowance/strangers.ts';
import { record } from '../audit/record.ts';
import { give } from '../challenge/challenge.ts';
import { perContact } from '../codes/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { openContact, openIdentity } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';
import { keepBegun, loadRecovery, recoveryLink } from './begun.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

const hourMs = 3_600_000;

/**
 * Links to one mailbox that browsers unknown to its account ask for in a day, together. Anybody who knows a number and its
 * name can fill this: from the eleventh on they take heavy work, from the thirtieth on also a network that has asked for
 * at most one, and sixty are all, since each is a mail that somebody gets. A browser that has signed in before is not
 * counted here.
 */
const strangers = { window: 'shanghai_day', byPuzzle: 10, byWork: 30, most: 60 } as const;
const linksOfNetwork = { limit: 2, window: 'shanghai_day' } as const;

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
  const recovery = await loadRecovery(ctx, token);
  const { account } = recovery;
  const { email } = await openContact(ctx, account);
  const { email: to } = await contactsForMessages(ctx, account);
  const { number } = await openIdentity(ctx, account);
  const { address: from } = ctx.visitor;
  const [{ held: knownMark }, mailbox, address, networkHash] = await Promise.all([
    deviceMarks(ctx, number),
    contactHash(ctx, 'email', email),
    subjectHash(ctx, 'address', from),
    subjectHash(ctx, 'address', networkOf(from)),
  ]);
  const network = newClaim(ctx, 'mail.network', `${mailbox}:${networkHash}`, []);
  const limits = strangersLimits(
    strangers,
    isHeavy(input.ticket),
    { ...network, ...linksOfNetwork },
    (limit, resumesAtMs) => ({ code: 'code.day_limit', limit, resumesAtMs }),
  );
  const rule = ctx.portal.recovery.link;
  const { validMs } = rule;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.address}/recovery/link#${account.id}.${secret}`;
  const expiresAtMs = ctx.now() + validMs;
  const mail = resetLinkMail({ portal: ctx.portal.name, link, hours: validMs / hourMs });
  const rows = await commitClaims(
    ctx,
    [
      newClaim(ctx, 'mail', `${mailbox}:${knownMark ?? address}`, perContact(rule)),
      ...(knownMark === null ? [newClaim(ctx, 'mail.strangers', mailbox, limits), network] : []),
    ],
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
  const [used, code, bound, scene] = rows;
  return viewRecovery(ctx, recovery, [used, code, bound, scene]);
}
