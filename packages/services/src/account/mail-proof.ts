import { provingMail } from '@shiming/domain';
import { giveOnly, type LinkBinding } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { enqueueMail } from '../outbox/outbox.ts';
import { recipientFor } from './recipients.ts';

/** The link that proves the mail address of an account. An account has one such link at a time. */
export const mailProofLink = (accountId: string): LinkBinding => ({
  purpose: 'email.proof',
  subject: accountId,
});

/** Statements that write the mail which proves an address, and void the link that was sent before. */
export async function mailProofStatements(ctx: Ctx, accountId: string, email: string) {
  const { validMs } = ctx.portal.mailProof;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.address}/mail#${accountId}.${secret}`;
  const mail = provingMail({ portal: ctx.portal.name, link, hours: validMs / 3_600_000 });
  return [
    ...(await giveOnly(ctx, mailProofLink(accountId), secret, { validMs, tries: 1 })),
    ...(await enqueueMail(
      ctx,
      { to: recipientFor(email, 'proves_it'), ...mail },
      { as: 'code', accountId, expiresAtMs: ctx.now() + validMs },
    )),
  ] as const;
}
