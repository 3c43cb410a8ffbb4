import {
  challengeTable,
  commit,
  staffPasskeyTable,
  staffSessionTable,
  staffTable,
} from '@shiming/db';
import {
  AppError,
  parseScope,
  parseStaffPersonAnswers,
  staffAddressWaitMs,
  type StaffPersonAnswers,
  type StaffRole,
  type StaffStatus,
} from '@shiming/domain';
import { and, asc, count, eq, gt, isNull, max, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { voidGiven } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { keyIdAfter } from '../vault/vault.ts';
import {
  guardActing,
  guardMemberUnchanged,
  guardOnlyAccount,
  endWork,
  samePerson,
} from './guards.ts';
import { mailStaffLink, staffLink } from './link.ts';
import { personTaken } from './invite.ts';
import { isSamePerson, openStaffPerson, personColumns } from './person.ts';
import {
  endStaffSessions,
  requireStaffProof,
  type SignedInStaff,
  type StaffRow,
} from './session.ts';
import { staffNotice, tellMember, tellWatchers, watchersBut } from './tell.ts';

/** More than the staff of any portal. */
const shown = 500;

export type StaffListEntry = {
  staffId: string;
  loginName: string;
  name: string;
  email: string;
  role: StaffRole;
  /** The code of the school within which the role counts; `null`: it has no scope. */
  scope: string | null;
  status: StaffStatus;
  isSelf: boolean;
  hasPassword: boolean;
  passkeys: number;
  createdAtMs: number;
  lastSeenAtMs: number | null;
  /** Until when a link that was sent and not used is good. */
  linkEndsAtMs: number | null;
  /** Whether a document number is on record; the number itself is shown to nobody. */
  hasNumber: boolean;
  emailChangedAtMs: number | null;
  /** When the sign-in was last reset by the command beside the console. */
  recoveredAtMs: number | null;
};

/** T-CON-01: all staff, by login name. */
export async function listStaff(
  ctx: Ctx,
  { member: self }: SignedInStaff,
): Promise<StaffListEntry[]> {
  const { db } = ctx;
  const [members, passkeys, sessions, links] = await db.batch([
    db.select().from(staffTable).orderBy(asc(staffTable.loginName)).limit(shown),
    db
      .select({ staffId: staffPasskeyTable.staffId, there: count() })
      .from(staffPasskeyTable)
      .groupBy(staffPasskeyTable.staffId),
    db
      .select({ staffId: staffSessionTable.staffId, atMs: max(staffSessionTable.lastSeenAtMs) })
      .from(staffSessionTable)
      .groupBy(staffSessionTable.staffId),
    db
      .select({ staffId: challengeTable.subject, atMs: challengeTable.expiresAtMs })
      .from(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, staffLink('').purpose),
          isNull(challengeTable.usedAtMs),
          gt(challengeTable.expiresAtMs, ctx.now()),
        ),
      ),
  ]);
  const counts = new Map(passkeys.map(({ staffId, there }) => [staffId, there]));
  const seen = new Map(sessions.map(({ staffId, atMs }) => [staffId, atMs]));
  const linkEnds = new Map(links.map(({ staffId, atMs }) => [staffId, atMs]));
  return Promise.all(
    members.map(async (member) => {
      const { name, email } = await openStaffPerson(ctx, member);
      const { id, loginName, role, status, createdAtMs, passwordHash, recoveredAtMs } = member;
      return {
        staffId: id,
        loginName,
        name,
        email,
        role,
        scope: member.scope,
        status,
        isSelf: id === self.id,
        hasPassword: passwordHash !== null,
        passkeys: counts.get(id) ?? 0,
        createdAtMs,
        lastSeenAtMs: seen.get(id) ?? null,
        linkEndsAtMs: linkEnds.get(id) ?? null,
        hasNumber: member.numberIndex !== null,
        emailChangedAtMs: member.emailChangedAtMs,
        recoveredAtMs,
      };
    }),
  );
}

/**
 * The member that an administrator manages: never themselves, by whichever account. `watchers` are told of what gives a right.
 *
 * @throws AppError staff.proof_required, staff.own_account, request.not_found
 */
async function managed(
  ctx: Ctx,
  staff: SignedInStaff,
  staffId: string,
): Promise<{ member: StaffRow; watchers: StaffRow[] }> {
  requireStaffProof(ctx, staff);
  const [[member], watchers] = await ctx.db.batch([
    ctx.db.select().from(staffTable).where(eq(staffTable.id, staffId)),
    ...watchersBut(ctx, [staffId, staff.member.id]),
  ]);
  if (member === undefined) throw new AppError({ code: 'request.not_found' });
  refuseUnless(!(await isSamePerson(ctx, staff.member, member)), { code: 'staff.own_account' });
  return { member, watchers };
}

const change = (
  { db }: Pick<Ctx, 'db'>,
  { id }: Pick<StaffRow, 'id'>,
  columns: Partial<Pick<StaffRow, 'role' | 'scope' | 'status'>>,
) =>
  db
    .update(staffTable)
    .set({ ...columns, version: sql`${staffTable.version} + 1` })
    .where(eq(staffTable.id, id));

/**
 * Gives a member another role, or scope. They sign in again, and their work ends (`endWork`).
 *
 * @throws AppError input.invalid, staff.proof_required, staff.own_account, request.not_found, request.stale, staff.forbidden,
 * staff.number_required
 */
export async function changeStaffRole(
  ctx: Ctx,
  staff: SignedInStaff,
  {
    staffId,
    role,
    scope: typed = '',
  }: { staffId: string; role: StaffRole; scope?: string | undefined },
): Promise<void> {
  const { member, watchers } = await managed(ctx, staff, staffId);
  const scope = parseScope(typed, role);
  if (!scope.ok) throw new AppError({ code: 'input.invalid', fields: { scope: scope.code } });
  if (member.role === role && member.scope === scope.value) return;
  await commit(ctx.db, [
    guardActing(ctx),
    guardMemberUnchanged(ctx, member),
    change(ctx, member, { role, scope: scope.value }),
    endStaffSessions(ctx, staffId),
    ...endWork(ctx, staffId),
    ...(await tellMember(ctx, member, 'role_changed')),
    ...(await tellWatchers(ctx, watchers, member, 'role_changed')),
    record(ctx, 'staff.role_changed', null, {
      staffId,
      before: member.role,
      after: role,
      ...(scope.value === null ? {} : { scope: scope.value }),
    }),
  ]);
}

/**
 * T-CON-08a: gives a member another work address or document number. A link that went to the former address is void,
 * both addresses are notified, and for a while another administrator has to send the next link (`guardAddress`). An
 * administrator whose own number is missing may change numbers, or two of them could never put each other's on record.
 *
 * @throws AppError staff.proof_required, staff.own_account, request.not_found, input.invalid, request.stale,
 * staff.forbidden, staff.number_required (for another address)
 */
export async function changeStaffPerson(
  ctx: Ctx,
  staff: SignedInStaff,
  { staffId, ...typed }: StaffPersonAnswers & { staffId: string },
): Promise<void> {
  const { member, watchers } = await managed(ctx, staff, staffId);
  const parsed = accepted(parseStaffPersonAnswers(typed, today(ctx)));
  const before = await openStaffPerson(ctx, member);
  const { email } = parsed;
  const number = parsed.number ?? before.number;
  const isEmailNew = email !== before.email;
  const isNumberNew = number !== before.number;
  if (!isEmailNew && !isNumberNew) return;
  const person = { ...before, email, number };
  const personColumnsAfter = await personColumns(ctx, staffId, person);
  const notices = [
    ...(isEmailNew
      ? ([
          [before.email, 'email_changed'],
          [email, 'email_changed'],
        ] as const)
      : []),
    ...(isNumberNew ? ([[email, 'number_changed']] as const) : []),
  ];
  const told = await Promise.all(
    notices.map(([address, kind]) => staffNotice(ctx, member, address, kind)),
  );
  ctx.defer(() => deliverWaiting(ctx));
  await commit(ctx.db, [
    guardActing(ctx, { withoutNumber: !isEmailNew }),
    guardMemberUnchanged(ctx, member),
    ...(await guardOnlyAccount(ctx, staffId, person, personTaken)),
    ctx.db
      .update(staffTable)
      .set({
        ...personColumnsAfter,
        ...(isEmailNew ? { emailChangedAtMs: ctx.now(), emailGivenById: staff.member.id } : {}),
        keyId: keyIdAfter(ctx, member.keyId),
        version: sql`${staffTable.version} + 1`,
      })
      .where(eq(staffTable.id, staffId)),
    ...(isEmailNew ? voidGiven(ctx.db, staffLink(staffId)) : []),
    ...told.flat(),
    ...(isNumberNew ? await tellWatchers(ctx, watchers, member, 'number_changed') : []),
    record(ctx, 'staff.person_changed', null, {
      staffId,
      email: isEmailNew,
      number: isNumberNew,
    }),
  ]);
}

/**
 * A member no longer signs in: sessions, links and their work end (`endWork`). What they did stays theirs.
 *
 * @throws AppError staff.proof_required, staff.own_account, request.not_found, request.stale, staff.forbidden
 */
export async function disableStaff(
  ctx: Ctx,
  staff: SignedInStaff,
  { staffId }: { staffId: string },
): Promise<void> {
  const { member } = await managed(ctx, staff, staffId);
  if (member.status === 'disabled') return;
  await commit(ctx.db, [
    guardActing(ctx, { withoutNumber: true }),
    guardMemberUnchanged(ctx, member),
    change(ctx, member, { status: 'disabled' }),
    endStaffSessions(ctx, staffId),
    ...voidGiven(ctx.db, staffLink(staffId)),
    ...endWork(ctx, staffId),
    ...(await tellMember(ctx, member, 'disabled')),
    record(ctx, 'staff.disabled', null, { staffId }),
  ]);
}

/**
 * A member who was disabled may sign in again by what they had; one who had nothing yet needs a link.
 *
 * @throws AppError staff.proof_required, staff.own_account, request.not_found, request.stale, staff.forbidden,
 * staff.number_required, staff.same_person (who has another account meanwhile)
 */
export async function enableStaff(
  ctx: Ctx,
  staff: SignedInStaff,
  { staffId }: { staffId: string },
): Promise<void> {
  const { member, watchers } = await managed(ctx, staff, staffId);
  if (member.status !== 'disabled') return;
  const { db } = ctx;
  const hasFactor = sql`(${staffTable.passwordHash} is not null or exists (select 1 from ${staffPasskeyTable} where ${staffPasskeyTable.staffId} = ${staffTable.id}))`;
  await commit(db, [
    guardActing(ctx),
    guardMemberUnchanged(ctx, member),
    ...(await guardOnlyAccount(ctx, staffId, await openStaffPerson(ctx, member), samePerson)),
    db
      .update(staffTable)
      .set({
        status: sql`case when ${hasFactor} then 'active' else 'invited' end`,
        version: sql`${staffTable.version} + 1`,
      })
      .where(eq(staffTable.id, staffId)),
    ...(await tellMember(ctx, member, 'enabled')),
    ...(await tellWatchers(ctx, watchers, member, 'enabled')),
    record(ctx, 'staff.enabled', null, { staffId }),
  ]);
}

/**
 * The rows of the staff that may be in the hand of one member: their own, and every row that one of these gave an
 * address since an instant, or was given one by.
 */
async function joinedTo(
  ctx: Ctx,
  memberId: string,
  members: readonly StaffRow[],
  sinceMs: number,
): Promise<StaffRow[]> {
  const hasGiven = (giver: StaffRow, each: StaffRow) =>
    each.emailGivenById === giver.id && (each.emailChangedAtMs ?? each.createdAtMs) > sinceMs;
  const joined = members.filter(({ id }) => id === memberId);
  // The list grows while it is walked.
  for (const one of joined) {
    for (const each of members) {
      const isJoined =
        !joined.includes(each) &&
        (hasGiven(one, each) || hasGiven(each, one) || (await isSamePerson(ctx, one, each)));
      if (isJoined) joined.push(each);
    }
  }
  return joined;
}

/**
 * Guards that the administrator who sends a member's link is another person than the one who changed the address it
 * goes to, for `staffAddressWaitMs` after the change: together the two acts take the account. An administrator is
 * another person if their own number is on record and no chain of addresses that were given in that time joins them to
 * the one who made the change.
 *
 * @throws AppError staff.address_changed
 */
async function guardAddress(ctx: Ctx, { member: self }: SignedInStaff, member: StaffRow) {
  const { emailGivenById: changerId, emailChangedAtMs: changedAtMs } = member;
  const sinceMs = ctx.now() - staffAddressWaitMs;
  if (changedAtMs === null || changerId === null || changedAtMs <= sinceMs) return [];
  const members = await ctx.db.select().from(staffTable);
  const joined = await joinedTo(ctx, changerId, members, sinceMs);
  const others = members.filter(
    (each) =>
      each.role === 'administrator' &&
      each.status === 'active' &&
      each.numberIndex !== null &&
      each.id !== member.id &&
      !joined.includes(each),
  );
  if (!others.some(({ id }) => id === self.id)) {
    throw new AppError({
      code: 'staff.address_changed',
      changedAtMs,
      fromMs: changedAtMs + staffAddressWaitMs,
      others: await Promise.all(
        others.map(async (each) => (await openStaffPerson(ctx, each)).name),
      ),
    });
  }
  return [guardMemberUnchanged(ctx, self)];
}

/**
 * Sends a member a link to set up the sign-in again: for a member who lost it, or whose invitation ran out. What there
 * was to sign in with is void once the link is used. The link goes to the address on record, which an administrator can
 * change: so not the same person does both within `staffAddressWaitMs`.
 *
 * @throws AppError staff.proof_required, staff.own_account, request.not_found, request.stale, staff.forbidden,
 * staff.address_changed
 */
export async function recoverStaff(
  ctx: Ctx,
  staff: SignedInStaff,
  { staffId }: { staffId: string },
): Promise<void> {
  const { member } = await managed(ctx, staff, staffId);
  refuseUnless(member.status !== 'disabled', { code: 'request.stale' });
  await commit(ctx.db, [
    guardActing(ctx, { withoutNumber: true }),
    guardMemberUnchanged(ctx, member),
    ...(await guardAddress(ctx, staff, member)),
    ...(await mailStaffLink(ctx, member, await openStaffPerson(ctx, member))),
    record(ctx, 'staff.link_sent', null, { staffId }),
  ]);
}
