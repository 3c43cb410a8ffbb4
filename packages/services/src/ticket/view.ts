import { casePhotoTable, commit, photoTable } from '@shiming/db';
import { AppError, caseAfter, type FollowedKind, shanghaiDate } from '@shiming/domain';
import { eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { moveCase, stateOf } from '../cases/state.ts';
import { loadTicket, type TicketKey } from './ticket.ts';

/**
 * T-ENT-07: everything the page of a ticket shows. A decision that can be undone, and one that a second person has yet to
 * see, are shown as waiting.
 *
 * @throws AppError request.not_found
 */
export async function viewTicket(ctx: Ctx, key: TicketKey) {
  const { row, ticket, files, answers } = await loadTicket(ctx, key);
  const { topic, text, replies, email, emailSecret } = ticket;
  return {
    kind: row.kind as FollowedKind,
    caseNumber: row.caseNumber,
    status: row.status === 'deciding' ? ('waiting' as const) : row.status,
    topic,
    text,
    replies,
    answers,
    files: files.length,
    agreesToPhotos: ticket.agreesToPhotos,
    submittedAtMs: row.submittedAtMs,
    dueDate: row.dueAtMs === null ? null : shanghaiDate(row.dueAtMs - 1),
    expiresAtMs: row.expiresAtMs,
    /** Whether news of it go to an address. */
    mail:
      email === null
        ? ('none' as const)
        : emailSecret === null
          ? ('proved' as const)
          : ('asked' as const),
  };
}

/**
 * Takes a ticket back. Its files are removed: that ends the consent to them.
 *
 * @throws AppError request.not_found, request.stale
 */
export async function withdrawTicket(ctx: Ctx, key: TicketKey): Promise<void> {
  const { row } = await loadTicket(ctx, key);
  const event = { type: 'withdraw', hasConsent: true, atMs: ctx.now() } as const;
  const state = caseAfter(stateOf(row), event);
  if (typeof state === 'string') throw new AppError({ code: 'request.stale' });
  const files = sql`(select ${casePhotoTable.photoId} from ${casePhotoTable} where ${casePhotoTable.caseId} = ${row.id})`;
  await commit(ctx.db, [
    ...moveCase(ctx, row, state),
    ctx.db
      .update(photoTable)
      .set({ removeAfterMs: ctx.now() })
      .where(inArray(photoTable.id, files)),
    ctx.db.delete(casePhotoTable).where(eq(casePhotoTable.caseId, row.id)),
    record(ctx, 'ticket.withdrawn', row.accountId, { case: row.id }),
  ]);
}
