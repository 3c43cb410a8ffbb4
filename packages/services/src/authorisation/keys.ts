import { commit, guard, hasWritten, officeKeyTable } from '@shiming/db';
import {
  noPublicKey,
  officeAlgorithms,
  type OfficeAlgorithm,
  type OfficeKeyAnswers,
  parseOfficeKey,
} from '@shiming/domain';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { currentKeyId, placeOf, seal } from '../vault/vault.ts';

/** How offices can sign here. */
const algorithmsOf = ({ crypto }: Pick<Ctx, 'crypto'>): OfficeAlgorithm[] =>
  officeAlgorithms.filter(
    (each) => each === 'hmac-sha256' || crypto.signatureAlgorithms.includes(each),
  );

/** The keys by which offices sign, revoked ones included, and how the next can sign. */
export async function listOfficeKeys(ctx: Pick<Ctx, 'db' | 'crypto'>) {
  const { id, office, algorithm, createdAtMs, revokedAtMs } = officeKeyTable;
  const keys = await ctx.db
    .select({ id, office, algorithm, createdAtMs, revokedAtMs })
    .from(officeKeyTable)
    .orderBy(asc(createdAtMs), asc(id));
  return { keys, algorithms: algorithmsOf(ctx) };
}

/**
 * Puts the key of an office on record, under an id of ours: its public key, or a secret of ours that is shown once. To rotate, the next key is added, and the former one revoked
 * once the office signs with the next.
 *
 * @throws AppError input.invalid, staff.proof_required, staff.number_required, staff.forbidden
 */
export async function addOfficeKey(
  ctx: Ctx,
  staff: SignedInStaff,
  input: OfficeKeyAnswers,
): Promise<{ keyId: string; secret: string | null }> {
  const parsed = accepted(parseOfficeKey(input));
  const { algorithm, publicKey } = parsed;
  refuseUnless(algorithmsOf(ctx).includes(algorithm), {
    code: 'input.invalid',
    fields: { algorithm: 'office_key.absent' },
  });
  if (algorithm !== 'hmac-sha256' && !(await ctx.crypto.isPublicKey(algorithm, publicKey)))
    accepted(noPublicKey(algorithm), 'publicKey');
  requireStaffProof(ctx, staff);
  const keyId = `office-${ctx.crypto.randomToken(9)}`;
  const secret = algorithm === 'hmac-sha256' ? ctx.crypto.randomToken(32) : null;
  const sealed =
    secret === null
      ? {}
      : {
          secretSealed: await seal(ctx, placeOf(officeKeyTable.secretSealed, keyId), secret),
          keyId: currentKeyId(ctx),
        };
  await commit(ctx.db, [
    guardActing(ctx),
    ctx.db
      .insert(officeKeyTable)
      .values({ id: keyId, ...parsed, ...sealed, createdAtMs: ctx.now() }),
    record(ctx, 'office.key_added', null, { key: keyId, office: parsed.office }),
  ]);
  return { keyId, secret };
}

/**
 * Revokes a key: nothing that it has signed is answered any longer, and a secret of ours is deleted.
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
      .set({ revokedAtMs: ctx.now(), secretSealed: null, keyId: null })
      .where(and(eq(officeKeyTable.id, keyId), isNull(officeKeyTable.revokedAtMs))),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'office.key_revoked', null, { key: keyId }),
  ]);
}
