import { recipientFor } from '../account/recipients.ts';
import { challengeTable, staffTable } from '@shiming/db';
import { AppError, staffLinkMail, staffLinkValidMs, type StaffPerson } from '@shiming/domain';
import { and, eq, ne } from 'drizzle-orm';
import { type LinkBinding, giveOnly, isSecretRight } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import type { StaffRow } from './session.ts';

const hourMs = 3_600_000;

/** The link by which a member of staff sets up how they sign in: an invitation, or after a recovery. */
export const staffLink = (staffId: string): LinkBinding => ({
  purpose: 'staff.link',
  subject: staffId,
});

/** A new link, which voids an earlier one, and the statements that give it out. */
export async function giveStaffLink(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'publicOrigin'>,
  staffId: string,
) {
  const secret = ctx.crypto.randomToken(32);
  return {
    link: `${ctx.publicOrigin}/console/invitation#${staffId}.${secret}`,
    statements: await giveOnly(ctx, staffLink(staffId), secret, {
      validMs: staffLinkValidMs,
      tries: 1,
    }),
  };
}

/** Statements that give out a new link by mail. */
export async function mailStaffLink(
  ctx: Ctx,
  { id, loginName, role, status }: Pick<StaffRow, 'id' | 'loginName' | 'role' | 'status'>,
  { email }: Pick<StaffPerson, 'email'>,
) {
  const { link, statements } = await giveStaffLink(ctx, id);
  const mail = staffLinkMail({
    portal: ctx.portal.name,
    kind: status === 'invited' ? 'invitation' : 'recovery',
    loginName,
    role,
    link,
    hours: staffLinkValidMs / hourMs,
  });
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ...statements,
    ...(await enqueueMail(
      ctx,
      { to: recipientFor(email, 'staff'), ...mail },
      { as: 'code', accountId: null, expiresAtMs: ctx.now() + staffLinkValidMs },
    )),
  ] as const;
}

/**
 * The member and challenge of a link (`staffId.secret`), for its holder. It spends nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function findStaffLink(
  ctx: Ctx,
  link: string,
): Promise<{ challengeId: string; expiresAtMs: number; member: StaffRow }> {
  const [staffId = '', secret = ''] = link.split('.');
  const binding = staffLink(staffId);
  const given = await ctx.db
    .select({ challenge: challengeTable, member: staffTable })
    .from(challengeTable)
    .innerJoin(staffTable, eq(staffTable.id, challengeTable.subject))
    .where(
      and(
        eq(challengeTable.purpose, binding.purpose),
        eq(challengeTable.subject, binding.subject),
        ne(staffTable.status, 'disabled'),
      ),
    );
  for (const { challenge, member } of given) {
    if (!(await isSecretRight(ctx, binding, challenge.secretHash, secret))) continue;
    if (challenge.usedAtMs !== null) {
      throw new AppError({ code: 'link.used', for: 'staff.link' });
    }
    const { id, expiresAtMs } = challenge;
    if (expiresAtMs > ctx.now()) return { challengeId: id, expiresAtMs, member };
  }
  throw new AppError({ code: 'link.expired' });
}
