import { noticeTable } from '@shiming/db';
import {
  type AccountNoticeKind,
  type NoticeFacts,
  type NoticeKind,
  noticeMail,
  shanghaiDate,
  shanghaiTime,
} from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { deliverWaiting, enqueueMail, enqueueNotice, newsValidMs } from '../outbox/outbox.ts';
import type { Recipient } from '../outbox/recipient.ts';
import type { Account } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';

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

type Told = Pick<Account, 'id' | 'contactSealed' | 'identifiers'>;

/**
 * Statements that write a notice to one address. With `undoLink` the mail carries what takes the change back, and goes
 * out as a code does. The mail goes out after the request.
 */
export async function noticeToAddress(
  ctx: Ctx,
  accountId: string,
  to: Recipient | null,
  kind: AccountNoticeKind,
  facts: NoticeFacts,
  undoLink?: string,
) {
  const nowMs = ctx.now();
  const when = shanghaiInstant(nowMs);
  const link = undoLink ?? `${ctx.address}/recovery`;
  const mail = noticeMail({ portal: ctx.portal.name, kind, facts, when, link });
  ctx.defer(() => deliverWaiting(ctx));
  return enqueueMail(
    ctx,
    { to, ...mail },
    { as: undoLink === undefined ? 'notice' : 'code', accountId, expiresAtMs: nowMs + newsValidMs },
  );
}

/**
 * Statements that tell the holder what was done with the account, on the page 通知 and by mail: they stand in the
 * batch of the change itself, so no change goes untold. The page has each; of one kind there is a mail at once, and one
 * for all that follow within the hour, where the address is proved.
 */
export async function notify(
  ctx: Ctx,
  account: Told,
  kind: AccountNoticeKind,
  facts: NoticeFacts = {},
) {
  const { email: to } = await contactsForMessages(ctx, account);
  const nowMs = ctx.now();
  const said = {
    portal: ctx.portal.name,
    kind,
    facts,
    when: shanghaiInstant(nowMs),
    link: `${ctx.address}/recovery`,
  };
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ...notice(ctx, account.id, kind, facts),
    ...(await enqueueNotice(
      ctx,
      { accountId: account.id, noticeKind: kind, expiresAtMs: nowMs + newsValidMs },
      to,
      { first: noticeMail(said), further: noticeMail({ ...said, isFolded: true }) },
    )),
  ] as const;
}
