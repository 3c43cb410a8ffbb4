import { recipientFor } from '../account/recipients.ts';
import { staffTable } from '@shiming/db';
import { staffNoticeMail, type StaffNoticeKind } from '@shiming/domain';
import { and, eq, inArray, notInArray } from 'drizzle-orm';
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

/** The query (in a list of one) of those who watch what becomes of the staff: administrators and auditors, but for these members. */
export const watchersBut = ({ db }: Pick<Ctx, 'db'>, staffIds: readonly string[]) =>
  [
    db
      .select()
      .from(staffTable)
      .where(
        and(
          inArray(staffTable.role, ['administrator', 'auditor']),
          eq(staffTable.status, 'active'),
          notInArray(staffTable.id, [...staffIds]),
        ),
      ),
  ] as const;

/** Statements that tell those who watch what was done with a member's account: nobody else can know a person who was made up. */
export async function tellWatchers(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'portal'>,
  watchers: readonly StaffRow[],
  member: Pick<StaffRow, 'loginName'>,
  kind: StaffNoticeKind,
) {
  const told = await Promise.all(
    watchers.map(async (each) =>
      staffNotice(ctx, member, (await openStaffPerson(ctx, each)).email, kind),
    ),
  );
  return told.flat();
}
