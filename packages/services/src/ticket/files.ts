import { casePhotoTable, caseTable, commit, guard, hasWritten } from '@shiming/db';
import { AppError, slotsOf } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { type Limit, newClaim } from '../allowance/allowance.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { cleanPhoto, keepPhotos, storePhoto } from '../review/photo-store.ts';
import { guardCaseUnchanged } from '../cases/state.ts';
import { guardInHand, isInHand, loadTicket, sealedTicket, type TicketKey } from './ticket.ts';

/** Far more than anybody needs to add four files. */
const perTicket: Limit = {
  limit: 20,
  window: { lastMs: 24 * 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * T-CON-08a: adds a file to a ticket that its person has in hand, cleaned and sealed as every photo. It takes the consent
 * to photos, which stands in the ticket, or is given with the file where the help desk has asked for evidence.
 *
 * @throws AppError request.not_found, consent.required, photo.refused, request.too_many, request.stale,
 * service.unavailable
 */
export async function addTicketFile(
  ctx: Ctx,
  key: TicketKey,
  file: Uint8Array,
  { agrees }: { agrees: boolean } = { agrees: false },
): Promise<{ slot: string }> {
  const { row, ticket, files } = await loadTicket(ctx, key);
  refuseUnless(isInHand(row.status), { code: 'request.stale' });
  refuseUnless(ticket.agreesToPhotos || agrees, { code: 'consent.required' });
  const isFull = { code: 'photo.refused', reason: 'duplicate' } as const;
  if (files.length >= slotsOf[row.kind].length) throw new AppError(isFull);
  const photo = await cleanPhoto(ctx, file);
  const claim = newClaim(ctx, 'ticket.file', row.id, [perTicket]);
  const photoId = await storePhoto(ctx, [claim], row.accountId, photo);
  const taken = ctx.db
    .select({ slot: casePhotoTable.slot })
    .from(casePhotoTable)
    .where(eq(casePhotoTable.caseId, row.id));
  const [, [added]] = await commit(ctx.db, [
    guardInHand(ctx, row),
    // Files that come at once take one slot each.
    ctx.db
      .insert(casePhotoTable)
      .select(
        sql`select ${row.id}, value, ${photoId} from json_each(${JSON.stringify(slotsOf[row.kind])}) where value not in ${taken} order by key limit 1`,
      )
      .returning({ slot: casePhotoTable.slot }),
    guard(ctx.db, hasWritten, isFull),
    ...(ticket.agreesToPhotos ? [] : [guardCaseUnchanged(ctx, row)]),
    ctx.db
      .update(caseTable)
      .set({
        version: sql`${caseTable.version} + 1`,
        ...(ticket.agreesToPhotos
          ? {}
          : await sealedTicket(ctx, row.id, { ...ticket, agreesToPhotos: true })),
      })
      .where(eq(caseTable.id, row.id)),
    keepPhotos(ctx, row),
  ]);
  return { slot: added?.slot ?? '' };
}
