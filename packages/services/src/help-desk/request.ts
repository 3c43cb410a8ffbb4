import { commit, guard, correctionTable } from '@shiming/db';
import {
  canonicalEmail,
  type AccountCorrectionAnswers,
  type CorrectionKind,
  type CorrectionStatus,
  correctionValidMs,
  isDataCorrection,
  needsSecondPerson,
  parseAccountCorrection,
} from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { findIdentity, guardAccountUnchanged } from '../account/account.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { correctionStatements } from './correct.ts';
import { type Change } from './corrections.ts';
import { accountOf, accountQuery, valueOf } from './load.ts';

/** Refuses what changes nothing: the value that is there, or a status that does not lead to the other. */
function requireChange(kind: CorrectionKind, before: string, after: string): void {
  if (!isDataCorrection(kind)) {
    const isActive = before === 'active';
    refuseUnless(isActive === (kind === 'suspend'), { code: 'request.stale' });
    return;
  }
  const isSame =
    kind === 'email' ? canonicalEmail(after) === canonicalEmail(before) : after === before;
  refuseUnless(!isSame, { code: 'input.invalid', fields: { value: 'correction.unchanged' } });
}

/** A guard that nothing of this kind waits for the account already. */
function guardNoneWaiting(ctx: Ctx, accountId: string, kind: CorrectionKind) {
  const { db } = ctx;
  const waiting = db
    .select({ id: correctionTable.id })
    .from(correctionTable)
    .where(
      and(
        eq(correctionTable.accountId, accountId),
        eq(correctionTable.kind, kind),
        eq(correctionTable.status, 'waiting'),
        gt(correctionTable.expiresAtMs, ctx.now()),
      ),
    );
  return guard(db, sql`not exists ${waiting}`, { code: 'help_desk.change_waiting' });
}

/**
 * T-CON-08, T-CON-08a: asks for a correction on evidence that was seen. Mobile and mail, by which an account can be taken,
 * wait for a second person, and so does restoring an account; everything else is done at once.
 *
 * @throws AppError staff.proof_required, input.invalid, request.not_found, help_desk.own_account,
 * help_desk.change_waiting, staff.forbidden, review.open, request.stale
 */
export async function requestCorrection(
  ctx: Ctx,
  staff: SignedInStaff,
  input: AccountCorrectionAnswers & { accountId: string },
): Promise<{ status: CorrectionStatus }> {
  requireStaffProof(ctx, staff);
  const { kind, accountId } = input;
  const [found] = await ctx.db.batch(accountQuery(ctx, accountId));
  const account = await accountOf(ctx, staff, found);
  const identity = await findIdentity(ctx, account);
  const parsed = accepted(parseAccountCorrection(input, identity, today(ctx)));
  const { value: after, evidence } = parsed;
  const before = await valueOf(ctx, account, kind);
  requireChange(kind, before, after);

  const id = ctx.crypto.randomToken(12);
  const nowMs = ctx.now();
  const isDone = !needsSecondPerson(kind);
  const status = isDone ? 'done' : 'waiting';
  const change: Change = { before, after, evidence };
  const { id: requestedById, role } = staff.member;
  await commit(ctx.db, [
    guardActing(ctx),
    guardNoneWaiting(ctx, accountId, kind),
    guardAccountUnchanged(ctx, account),
    ctx.db.insert(correctionTable).values({
      id,
      accountId,
      kind,
      status,
      changeSealed: await seal(ctx, placeOf(correctionTable.changeSealed, id), change),
      requestedById,
      requestedAtMs: nowMs,
      decidedAtMs: isDone ? nowMs : null,
      expiresAtMs: nowMs + correctionValidMs,
      keyId: currentKeyId(ctx),
    }),
    ...(isDone
      ? await correctionStatements(ctx, account, { id, kind, ...change })
      : [record(ctx, 'help_desk.change_requested', accountId, { kind, role, change: id })]),
  ]);
  return { status };
}
