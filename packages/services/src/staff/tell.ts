import { staffNoticeMail, type StaffNoticeKind } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { shanghaiInstant } from '../notice/notify.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { openStaffPerson } from './person.ts';
import type { StaffRow } from './session.ts';

/** A mail about a change is worth sending for a week. */
const validMs = 7 * 24 * 3_600_000;

/** Statements that tell a member of staff by mail what was done with their account. */
export async function tellMember(
  ctx: Ctx,
  member: Pick<StaffRow, 'id' | 'loginName' | 'personSealed'>,
  kind: StaffNoticeKind,
) {
  const { email } = await openStaffPerson(ctx, member);
  const { loginName } = member;
  const nowMs = ctx.now();
  const mail = staffNoticeMail({
    portal: ctx.portal.name,
    kind,
    loginName,
    when: shanghaiInstant(nowMs),
  });
  ctx.defer(() => deliverWaiting(ctx));
  return enqueueMail(
    ctx,
    { to: email, ...mail },
    { as: 'notice', accountId: null, expiresAtMs: nowMs + validMs },
  );
}
