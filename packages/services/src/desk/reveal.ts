import { commit, photoTable, reviewPhotoTable } from '@shiming/db';
import { AppError, appErrorIn, type PhotoSide, type RevealItem } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { openIdentity, openProfile } from '../profile/account.ts';
import { photoContext } from '../review/photo-store.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { openBytes } from '../vault/vault.ts';
import { requireSight } from './may-see.ts';
import { loadWork, type Work, workOf, workQueries } from './work.ts';

/** That somebody looked at something, on record for the audit and for the person. */
const look = (ctx: Ctx, { row }: Work, { member }: SignedInStaff, item: RevealItem | PhotoSide) =>
  commit(ctx.db, [
    record(ctx, 'desk.revealed', row.accountId, { review: row.id, role: member.role, item }),
  ]);

/**
 * T-CON-06, X-01: a number in full, for whoever has the case before them. It is handed out once the look is on record.
 *
 * @throws AppError request.not_found (also: the person has no such number), desk.own_case, desk.held,
 * desk.not_holder, desk.closed
 */
export async function revealItem(
  ctx: Ctx,
  staff: SignedInStaff,
  { requestId, item }: { requestId: string; item: RevealItem },
): Promise<{ value: string }> {
  const work = await loadWork(ctx, staff, requestId);
  await requireSight(ctx, work, staff);
  const { account } = work;
  const value =
    item === 'number'
      ? (await openIdentity(ctx, account)).document.number
      : ((await openProfile(ctx, account))?.[item] ?? null);
  refuseUnless(value !== null, { code: 'request.not_found' });
  await look(ctx, work, staff, item);
  return { value };
}

/**
 * A photo of a case, for whoever has it before them; anybody else is told that there is none, whatever the reason.
 * The look is on record before a byte is handed out.
 *
 * @returns a JPEG
 * @throws AppError request.not_found, service.unavailable
 */
export async function viewCasePhoto(
  ctx: Ctx,
  staff: SignedInStaff,
  { requestId, side }: { requestId: string; side: PhotoSide },
): Promise<Uint8Array> {
  const [found, decisions, [photo]] = await ctx.db.batch([
    ...workQueries(ctx, requestId),
    ctx.db
      .select({ id: photoTable.id })
      .from(reviewPhotoTable)
      .innerJoin(photoTable, eq(photoTable.id, reviewPhotoTable.photoId))
      .where(and(eq(reviewPhotoTable.requestId, requestId), eq(reviewPhotoTable.side, side))),
  ]);
  try {
    const work = await workOf(ctx, staff, found, decisions);
    await requireSight(ctx, work, staff);
    const sealed = photo === undefined ? null : await ctx.photos.get(photo.id);
    refuseUnless(photo !== undefined && sealed !== null, { code: 'request.not_found' });
    const bytes = await openBytes(ctx, photoContext(photo.id), sealed);
    await look(ctx, work, staff, side);
    return bytes;
  } catch (error) {
    if (appErrorIn(error)?.data.code.startsWith('desk.') !== true) throw error;
    throw new AppError({ code: 'request.not_found' });
  }
}
