import {
  type SecurityEvent,
  securityNoticeMail,
  shanghaiDate,
  shanghaiTime,
} from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { deliverMail, enqueueMail } from '../outbox/outbox.ts';
import { openContact } from '../profile/account.ts';
import type { Account } from '../session/session.ts';

/** A notice is worth sending for a week. */
const validMs = 7 * 24 * 3_600_000;

/**
 * The statement (in a list of one) that tells the holder by mail what was done with the account: it stands in the
 * batch of the change itself, so no change goes untold. The mail goes out after the request.
 */
export async function securityNotice(ctx: Ctx, account: Account, event: SecurityEvent) {
  const { email } = await openContact(ctx, account);
  const nowMs = ctx.now();
  const mail = securityNoticeMail({
    portal: ctx.portal.name,
    event,
    when: `${shanghaiDate(nowMs)} ${shanghaiTime(nowMs)}`,
    link: `${ctx.publicOrigin}/recovery`,
  });
  ctx.defer(() => deliverMail(ctx));
  return enqueueMail(ctx, { to: email, ...mail }, nowMs + validMs);
}
