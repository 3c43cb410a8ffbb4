import { commit, guard, hasWritten, officeKeyTable } from '@shiming/db';
import { parseOfficeKey } from '@shiming/domain';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx } from '../context.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';

/** The keys by which offices sign, revoked ones included. */
export const listOfficeKeys = ({ db }: Pick<Ctx, 'db'>) =>
  db.select().from(officeKeyTable).orderBy(asc(officeKeyTable.createdAtMs), asc(officeKeyTable.id));

/**
 * Puts the public key of an office on record, under an id of ours. To rotate, the next key is added, and the former one revoked
 * once the office signs with the next.
 *
 * @throws AppError input.invalid, staff.proof_required, staff.number_required, staff.forbidden
 */
export async function addOfficeKey(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { office: string; publicKey: string },
): Promise<{ keyId: string }> {
  const parsed = accepted(parseOfficeKey(input));
  requireStaffProof(ctx, staff);
  const keyId = `office-${ctx.crypto.randomToken(9)}`;
  await commit(ctx.db, [
    guardActing(ctx),
    ctx.db.insert(officeKeyTable).values({ id: keyId, ...parsed, createdAtMs: ctx.now() }),
    record(ctx, 'office.key_added', null, { key: keyId, office: parsed.office }),
  ]);
  return { keyId };
}

/**
 * Revokes a key: nothing that it has signed is answered any longer.
 *
 * @throws AppError staff.proof_required, staff.number_required, staff.forbidden, request.stale
 */
export async function revokeOfficeKey(
  ctx: Ctx,
  staff: SignedInStaff,
  { keyId }: { keyId: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  await commit(ctx.db, [
    guardActing(ctx),
    ctx.db
      .update(officeKeyTable)
      .set({ revokedAtMs: ctx.now() })
      .where(and(eq(officeKeyTable.id, keyId), isNull(officeKeyTable.revokedAtMs))),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'office.key_revoked', null, { key: keyId }),
  ]);
}
