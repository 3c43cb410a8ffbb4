import { recipientFor } from '../account/recipients.ts';
import { staffNoticeMail, type StaffNoticeKind } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { shanghaiInstant } from '../notice/notify.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { openStaffPerson } from './person.ts';
import type { StaffRow } from './session.ts';

/** Statements that tell a member of staff by mail what was done with their account, for the job to send. */
export async function staffNotice(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  { loginName }: Pick<StaffRow, 'loginName'>,
  email: string,
  kind: StaffNoticeKind,
) {
  const nowMs = ctx.now();
  const mail = staffNoticeMail({
    portal: ctx.portal.name,
    kind,
    loginName,
    when: shanghaiInstant(nowMs),
  });
  return enqueueMail(
    ctx,
    { to: recipientFor(email, 'staff'), ...mail },
    { as: 'notice', accountId: null, expiresAtMs: nowMs + newsValidMs },
  );
}

/** The same, sent after the answer. */
export async function tellMember(
  ctx: Ctx,
  member: Pick<StaffRow, 'id' | 'loginName' | 'personSealed'>,
  kind: StaffNoticeKind,
) {
  const { email } = await openStaffPerson(ctx, member);
  ctx.defer(() => deliverWaiting(ctx));
  return staffNotice(ctx, member, email, kind);
}
