import { type NumberClaimNoticeKind, numberClaimMail } from '@shiming/domain';
import type { Account } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { type Ctx, inPortal } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { deliverWaiting, enqueueMail, enqueueSms, newsValidMs } from '../outbox/outbox.ts';

/** Statements that tell one side of a claim how it stands, on the page 通知 and by mail, a holder also by SMS, in the name of their account's portal. */
export async function tellOfClaim(
  anywhere: Ctx,
  account: Account,
  kind: NumberClaimNoticeKind,
  facts: { date?: string } = {},
) {
  const ctx = inPortal(anywhere, account.portal);
  const { mobile, email } = await contactsForMessages(ctx, account);
  const mail = numberClaimMail({
    portal: ctx.portal.name,
    kind,
    date: facts.date ?? '',
    keptDays: ctx.portal.numberClaims.restorableMs / (24 * 3_600_000),
    byNumber: ctx.portal.signInWith.includes('document_number'),
    link: `${ctx.address}/account/number`,
  });
  const waits = {
    as: 'notice',
    accountId: account.id,
    expiresAtMs: ctx.now() + newsValidMs,
  } as const;
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ...notice(ctx, account.id, kind, facts),
    ...(await enqueueMail(ctx, { to: email, ...mail }, waits)),
    // What a mail has not reached in time would be lost: the number.
    ...(kind === 'number_claimed' || kind === 'number_claim_in_review'
      ? await enqueueSms(ctx, { kind: 'review_news', mobile }, waits)
      : []),
  ] as const;
}
