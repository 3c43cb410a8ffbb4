import { accountTable, commit, guard, hasWritten, photoCheckTable } from '@shiming/db';
import { readSearch } from '@shiming/domain';
import { and, eq, inArray, isNull, not, type SQL, sql } from 'drizzle-orm';
import { isOneOfNumbers, withNumber } from '../account/identifiers.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal, refuseUnless, today } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { openRecordId } from '../photo-check/load.ts';
import { guardActing } from '../staff/guards.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { blindIndexes } from '../vault/vault.ts';

/** 【正确】 that stands, of a student of the member's own school who consents, and not of the member. */
async function isTheirs(ctx: Ctx, { member }: SignedInStaff): Promise<SQL | undefined> {
  const { accountId, portal } = photoCheckTable;
  const own = await ownNumberIndexes(ctx, member);
  return and(
    eq(photoCheckTable.answer, 'correct'),
    isNull(photoCheckTable.reopenedAtMs),
    eq(photoCheckTable.scope, member.scope ?? ''),
    own.length === 0 ? undefined : not(isOneOfNumbers(accountId, own)),
    hasLiveConsent(ctx, accountId, 'records', { portal }),
    sql`exists (select 1 from ${accountTable} as "whose" where "whose"."id" = ${accountId} and "whose"."status" = 'active')`,
  );
}

/**
 * S-REC-02: the photo checks of one student of the own school that were answered with 【正确】, by the document number. Whom
 * a search has found is on record before anything is handed out.
 */
export async function findConfirmed(
  ctx: Ctx,
  staff: SignedInStaff,
  { search }: { search: string },
): Promise<{ answerId: string; recordId: string; answeredAtMs: number }[]> {
  const asked = readSearch(search, today(ctx));
  if (asked?.by !== 'number') return [];
  const indexes = await blindIndexes(ctx, 'number', asked.value);
  const found = await ctx.db
    .select()
    .from(photoCheckTable)
    .where(
      and(
        sql`${photoCheckTable.accountId} in (${withNumber(indexes)})`,
        await isTheirs(ctx, staff),
      ),
    );
  const facts = { role: staff.member.role, by: asked.by };
  await commit(ctx.db, [record(ctx, 'desk.searched', found[0]?.accountId ?? null, facts)]);
  return Promise.all(
    found.map(async (row) => ({
      answerId: row.id,
      recordId: await openRecordId(ctx, row),
      answeredAtMs: row.answeredAtMs,
    })),
  );
}

/**
 * S-REC-02: the school opens a photo check again that its student has answered with 【正确】. The student gets a notice and can
 * answer once more, within the window.
 *
 * @throws AppError staff.proof_required, staff.number_required, request.not_found (also of another school, and of one's
 * own), request.stale
 */
export async function reopenPhotoCheck(
  ctx: Ctx,
  staff: SignedInStaff,
  { answerId }: { answerId: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const isOne = and(eq(photoCheckTable.id, answerId), await isTheirs(ctx, staff));
  const [row] = await ctx.db.select().from(photoCheckTable).where(isOne);
  refuseUnless(row !== undefined, { code: 'request.not_found' });
  const stands = ctx.db.select({ id: photoCheckTable.id }).from(photoCheckTable).where(isOne);
  await commit(ctx.db, [
    guardActing(ctx),
    ctx.db
      .update(photoCheckTable)
      .set({ reopenedAtMs: ctx.now() })
      .where(inArray(photoCheckTable.id, stands)),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'photo_check.reopened', row.accountId, { role: staff.member.role }),
    ...notice(inPortal(ctx, row.portal), row.accountId, 'photo_check_reopened'),
  ]);
}
