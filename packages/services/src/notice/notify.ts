import { noticeTable } from '@shiming/db';
import {
  type NoticeFacts,
  type NoticeKind,
  noticeMail,
  shanghaiDate,
  shanghaiTime,
} from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { deliverMail, enqueueMail } from '../outbox/outbox.ts';
import { openContact } from '../profile/account.ts';
import type { Account } from '../session/session.ts';

/** A mail about a change is worth sending for a week. */
const validMs = 7 * 24 * 3_600_000;

/** The statement (in a list of one) that puts a notice on the page 通知. */
export const notice = (ctx: Ctx, accountId: string, kind: NoticeKind, facts: NoticeFacts = {}) =>
  [
    ctx.db.insert(noticeTable).values({
      id: ctx.crypto.randomToken(12),
      accountId,
      kind,
      facts,
      atMs: ctx.now(),
    }),
  ] as const;

/** When something happened, as a mail says it. */
export const shanghaiInstant = (atMs: number) => `${shanghaiDate(atMs)} ${shanghaiTime(atMs)}`;

/**
 * Statements that tell the holder what was done with the account, on the page 通知 and by mail: they stand in the
 * batch of the change itself, so no change goes untold. The mail goes out after the request.
 */
export async function notify(
  ctx: Ctx,
  account: Account,
  kind: NoticeKind,
  facts: NoticeFacts = {},
) {
  const { email } = await openContact(ctx, account);
  const nowMs = ctx.now();
  const mail = noticeMail({
    portal: ctx.portal.name,
    kind,
    facts,
    when: shanghaiInstant(nowMs),
    link: `${ctx.publicOrigin}/recovery`,
  });
  ctx.defer(() => deliverMail(ctx));
  return [
    ...notice(ctx, account.id, kind, facts),
    ...(await enqueueMail(ctx, { to: email, ...mail }, nowMs + validMs)),
  ] as const;
}
