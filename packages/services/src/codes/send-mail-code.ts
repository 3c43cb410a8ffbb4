import type { Batch } from '@shiming/db';
import type { BatchResponse } from 'drizzle-orm/batch';
import { codeMail, type MailText, type PuzzlePurpose, startOfShanghaiDay } from '@shiming/domain';
import { commitClaims, newClaim, usedSince } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import type { Ctx } from '../context.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import type { Recipient } from '../outbox/recipient.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';
import { type Binding, giveOnly } from '../challenge/challenge.ts';
import { type CodeDelivery, perContact, randomCode } from './send-sms-code.ts';
import { codesLeft, viewCode } from '../challenge/standing.ts';

/**
 * Sends a code by mail (T-PRO-05). The puzzle's ticket, the limits of both addresses, the code and the mail are one
 * transaction with `write`; the mail waits in the outbox until a server has taken it, or the code is of no use. `written` is
 * what the statements of `write` have answered. `mailOf` writes the mail, where it says more than the code.
 *
 * @throws AppError puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many
 */
export async function sendMailCode<const W extends Readonly<Batch> | readonly Batch[number][]>(
  ctx: Ctx,
  {
    accountId,
    binding,
    email,
    purpose,
    ticket,
    write,
    mailOf = codeMail,
  }: {
    accountId: string | null;
    binding: Binding;
    email: Recipient;
    purpose: PuzzlePurpose;
    ticket: string;
    write: W;
    mailOf?(this: void, said: Parameters<typeof codeMail>[0]): MailText;
  },
): Promise<{ delivery: CodeDelivery; written: BatchResponse<W> }> {
  const rule = ctx.portal.codes.mail;
  const nowMs = ctx.now();
  const expiresAtMs = nowMs + rule.validMs;
  const code = randomCode(ctx, rule.digits);
  const mail = mailOf({ portal: ctx.portal.name, code, minutes: rule.validMs / 60_000 });
  const emailSubject = await contactHash(ctx, 'email', email);
  const perEmail = newClaim(ctx, 'mail.code', emailSubject, perContact(rule));
  const addressSubject = await subjectHash(ctx, 'address', ctx.visitor.address);
  const life = { validMs: rule.validMs, tries: rule.triesPerCode };
  const rows = await commitClaims(
    ctx,
    [perEmail, newClaim(ctx, 'mail.address', addressSubject, [perAddress])],
    [
      usedSince(ctx.db, 'mail.code', emailSubject, startOfShanghaiDay(nowMs)),
      ...(await spendTicket(ctx, purpose, ticket)),
      ...(await giveOnly(ctx, binding, code, life, perEmail.id)),
      ...write,
      ...(await enqueueMail(
        ctx,
        { to: email, ...mail },
        { as: 'code', accountId, expiresAtMs, id: perEmail.id },
      )),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
  const [used] = rows;
  const standing = { createdAtMs: nowMs, expiresAtMs, triesLeft: rule.triesPerCode };
  const remainingToday = codesLeft(used[0], rule);
  return {
    delivery: { outcome: 'sent', remainingToday, code: viewCode(standing, rule) },
    written: rows.slice(5) as BatchResponse<W>,
  };
}
