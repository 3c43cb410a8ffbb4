import { commit, isUniqueViolation, staffTable } from '@shiming/db';
import {
  AppError,
  type AppErrorData,
  type FieldRefusals,
  parseStaffAnswers,
  type StaffAnswers,
  type StaffPerson,
  type StaffRole,
} from '@shiming/domain';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { currentKeyId } from '../vault/vault.ts';
import { guardActing, guardOnlyAccount } from './guards.ts';
import { mailStaffLink } from './link.ts';
import { personColumns } from './person.ts';
import { requireStaffProof, type SignedInStaff } from './session.ts';
import { tellWatchers, watchersBut } from './tell.ts';

/** The row of a new member of staff who has not used the link yet. */
export async function invitedMember(
  deps: Pick<Ctx, 'now' | 'crypto' | 'keys' | 'actor'>,
  {
    loginName,
    scope = null,
    ...person
  }: StaffPerson & { loginName: string; scope?: string | null },
  role: StaffRole,
): Promise<typeof staffTable.$inferInsert & { id: string; status: 'invited' }> {
  const id = deps.crypto.randomToken(12);
  return {
    id,
    loginName,
    ...(await personColumns(deps, id, person)),
    role,
    scope,
    status: 'invited',
    emailGivenById: deps.actor.type === 'staff' ? deps.actor.staffId : null,
    createdAtMs: deps.now(),
    keyId: currentKeyId(deps),
  };
}

const taken = (fields: FieldRefusals): AppErrorData => ({ code: 'input.invalid', fields });
/** What is said of a person who is on the staff already, at the field that tells so. */
export const personTaken = {
  number: taken({ number: 'staff_number.taken' }),
  email: taken({ email: 'staff_email.taken' }),
};

/**
 * T-CON-01: an administrator invites a new member of staff, who gets a link by mail; the other administrators and the auditors are told.
 *
 * @throws AppError staff.proof_required, input.invalid, staff.forbidden, staff.number_required
 */
export async function inviteStaff(
  ctx: Ctx,
  staff: SignedInStaff,
  input: StaffAnswers,
): Promise<{ staffId: string }> {
  requireStaffProof(ctx, staff);
  const parsed = accepted(parseStaffAnswers(input, today(ctx)));
  const { role } = input;
  const member = await invitedMember(ctx, parsed, role);
  const [watchers] = await ctx.db.batch(watchersBut(ctx, [staff.member.id]));
  try {
    await commit(ctx.db, [
      guardActing(ctx),
      ctx.db.insert(staffTable).values(member),
      ...(await guardOnlyAccount(ctx, member.id, parsed, personTaken)),
      ...(await mailStaffLink(ctx, member, parsed)),
      ...(await tellWatchers(ctx, watchers, member, 'invited')),
      record(ctx, 'staff.invited', null, { staffId: member.id, role }),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error, 'staff.login_name')) throw error;
    throw new AppError({ code: 'input.invalid', fields: { loginName: 'login_name.taken' } });
  }
  return { staffId: member.id };
}
