import { accountTable, commit, guard, correctionTable, staffTable } from '@shiming/db';
import { type CorrectionStatus, maskName } from '@shiming/domain';
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { attestedNow } from '../account/attestation.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, refuseUnless } from '../context.ts';
import { type Turn, untilDone, whileFull } from '../jobs/turn.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { accountRow, findIdentity } from '../account/account.ts';
import { guardActing } from '../staff/guards.ts';
import { isSamePerson } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { type Change, type CorrectionRow, openCorrection } from './corrections.ts';
import { correctionStatements } from './correct.ts';
import { accountOf, valueOf } from './load.ts';

/**
 * A correction that waits for a second person, who is another than the one who asked.
 *
 * @throws AppError request.not_found, help_desk.own_account, help_desk.same_person, help_desk.change_closed
 */
async function waitingCorrection(ctx: Ctx, staff: SignedInStaff, correctionId: string) {
  const [found] = await ctx.db
    .select({
      row: correctionTable,
      account: { ...accountRow, attested: attestedNow(ctx) },
      requester: staffTable,
    })
    .from(correctionTable)
    .innerJoin(accountTable, eq(accountTable.id, correctionTable.accountId))
    .leftJoin(staffTable, eq(staffTable.id, correctionTable.requestedById))
    .where(eq(correctionTable.id, correctionId));
  refuseUnless(found !== undefined, { code: 'request.not_found' });
  const { row } = found;
  const account = await accountOf(ctx, staff, [found.account]);
  const isOwn =
    found.requester !== null && (await isSamePerson(ctx, staff.member, found.requester));
  refuseUnless(!isOwn, { code: 'help_desk.same_person' });
  refuseUnless(row.status === 'waiting' && row.expiresAtMs > ctx.now(), {
    code: 'help_desk.change_closed',
  });
  return { row, account, change: await openCorrection(ctx, row) };
}

/** Statements that end a correction, once. */
function settle(
  ctx: Ctx,
  { member }: SignedInStaff,
  { id, version }: CorrectionRow,
  status: CorrectionStatus,
) {
  const { db } = ctx;
  const waiting = db
    .select({ id: correctionTable.id })
    .from(correctionTable)
    .where(
      and(
        eq(correctionTable.id, id),
        eq(correctionTable.version, version),
        eq(correctionTable.status, 'waiting'),
        gt(correctionTable.expiresAtMs, ctx.now()),
      ),
    );
  return [
    guard(db, sql`exists ${waiting}`, { code: 'help_desk.change_closed' }),
    db
      .update(correctionTable)
      .set({
        status,
        decidedById: member.id,
        decidedAtMs: ctx.now(),
        version: version + 1,
      })
      .where(eq(correctionTable.id, id)),
  ] as const;
}

/**
 * T-CON-08: a correction in full, with the evidence, for the second person. It is a look like any other, and the
 * person reads of it.
 *
 * @throws AppError request.not_found, help_desk.own_account, help_desk.same_person, help_desk.change_closed
 */
export async function revealCorrection(
  ctx: Ctx,
  staff: SignedInStaff,
  { correctionId }: { correctionId: string },
): Promise<Change & { maskedName: string }> {
  const { row, account, change } = await waitingCorrection(ctx, staff, correctionId);
  const name = (await findIdentity(ctx, account))?.name ?? '';
  const { role } = staff.member;
  await commit(ctx.db, [
    record(ctx, 'help_desk.revealed', row.accountId, {
      role,
      item: 'correction',
      reason: 'correction',
      change: row.id,
    }),
  ]);
  return { ...change, maskedName: maskName(name) };
}

/**
 * The second person agrees: the account is put right in the transaction that says so, and both contacts get a message, the
 * old one with the code that takes it back.
 *
 * @throws AppError staff.proof_required, request.not_found, help_desk.own_account, help_desk.same_person,
 * help_desk.change_closed, staff.forbidden, request.stale (the account has changed since), account.number_taken
 */
export async function approveCorrection(
  ctx: Ctx,
  staff: SignedInStaff,
  { correctionId }: { correctionId: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const { row, account, change } = await waitingCorrection(ctx, staff, correctionId);
  const known = await valueOf(ctx, account, row.kind);
  // The member who asked, and the one who agrees, had another contact before their eyes.
  refuseUnless(known === change.before, { code: 'request.stale' });
  await commit(ctx.db, [
    guardActing(ctx),
    ...settle(ctx, staff, row, 'done'),
    ...(await correctionStatements(ctx, account, { id: row.id, kind: row.kind, ...change })),
  ]);
  ctx.defer(() => deliverWaiting(ctx));
}

/**
 * The second person does not agree: nothing changes.
 *
 * @throws AppError request.not_found, help_desk.own_account, help_desk.same_person, help_desk.change_closed,
 * staff.forbidden
 */
export async function refuseCorrection(
  ctx: Ctx,
  staff: SignedInStaff,
  { correctionId }: { correctionId: string },
): Promise<void> {
  const { row } = await waitingCorrection(ctx, staff, correctionId);
  const { kind, accountId } = row;
  await commit(ctx.db, [
    guardActing(ctx),
    ...settle(ctx, staff, row, 'refused'),
    record(ctx, 'help_desk.change_refused', accountId, { kind, change: row.id }),
  ]);
}

/** The job that ends corrections that nobody has decided. Returns how many. */
export const expireChanges = (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  turn: Turn = untilDone,
): Promise<number> =>
  whileFull(turn, 500, async (rows) => {
    const { id, status, expiresAtMs, version } = correctionTable;
    const over = db
      .select({ id })
      .from(correctionTable)
      .where(and(eq(status, 'waiting'), lte(expiresAtMs, now())))
      .limit(rows);
    const expired = await db
      .update(correctionTable)
      .set({ status: 'expired', version: sql`${version} + 1` })
      .where(inArray(id, over))
      .returning({ id });
    return expired.length;
  });
