import type { AuthorisationNoticeKind, NoticeFacts } from '@shiming/domain';
import type { Account } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import type { Ctx } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { deliverWaiting, enqueueSms, newsValidMs } from '../outbox/outbox.ts';

/** A message by SMS about several uses, or matters, goes out once an hour; the page lists each. */
export const quietMs = 3_600_000;

/**
 * Statements that tell the holder what happened with their authorisation: on the page 通知, which names it, and by SMS, which
 * leads there. `bySms`: whether a message goes out this time.
 */
export async function tellOfAuthorisation(
  ctx: Ctx,
  account: Account,
  kind: AuthorisationNoticeKind | 'window_revoked',
  facts: NoticeFacts,
  { bySms = true }: { bySms?: boolean } = {},
) {
  const { mobile } = await contactsForMessages(ctx, account);
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ...notice(ctx, account.id, kind, facts),
    ...(bySms
      ? await enqueueSms(
          ctx,
          { kind: 'review_news', mobile },
          { as: 'notice', accountId: account.id, expiresAtMs: ctx.now() + newsValidMs },
        )
      : []),
  ];
}
