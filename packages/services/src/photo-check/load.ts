import { caseTable, photoCheckTable, recordTable } from '@shiming/db';
import { isWindowOpen, type PersonRecord } from '@shiming/domain';
import { and, desc, eq, isNull, or } from 'drizzle-orm';
import { hasConsentFor } from '../cases/consent.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { openAnswer, recordId } from '../records/ask.ts';
import type { SignedIn } from '../session/session.ts';
import { open, placeOf } from '../vault/vault.ts';

/** What a photo check says and asks about. */
export type Check = {
  recordId: string;
  fields: PersonRecord['fields'];
  photos: { admission: string | null; graduation: string | null };
  opensOn: string;
  closesOn: string;
};

const checkOf = ({ id, fields, photos }: PersonRecord): Check => ({
  recordId: id,
  fields,
  photos: photos ?? { admission: null, graduation: null },
  opensOn: fields.opensOn ?? '',
  closesOn: fields.closesOn ?? '',
});

/** Statements that read the record of a person's photo checks, and their answers with what came of a dispute. */
export const checkQueries = (ctx: Pick<Ctx, 'db' | 'portal' | 'doors'>, accountId: string) =>
  [
    ctx.db
      .select()
      .from(recordTable)
      .where(eq(recordTable.id, recordId(ctx, accountId, 'photo_check'))),
    ctx.db
      .select({
        answer: photoCheckTable,
        dispute: caseTable,
        hasConsent: hasConsentFor(ctx).mapWith(Boolean),
      })
      .from(photoCheckTable)
      .leftJoin(caseTable, eq(caseTable.id, photoCheckTable.caseId))
      .where(
        and(
          eq(photoCheckTable.accountId, accountId),
          eq(photoCheckTable.portal, ctx.portal.id),
          or(isNull(photoCheckTable.reopenedAtMs), eq(photoCheckTable.answer, 'disputed')),
        ),
      )
      .orderBy(desc(photoCheckTable.answeredAtMs)),
  ] as const;

type Row = typeof recordTable.$inferSelect;

/** The photo checks in the last answer of the authority, where that is about the present identity. */
export async function checksIn(
  ctx: Ctx,
  { account }: Pick<SignedIn, 'account'>,
  row: Row | undefined,
): Promise<Check[]> {
  if (row === undefined || row.about !== account.identityVersion) return [];
  return ((await openAnswer(ctx, row))?.records ?? []).map(checkOf);
}

/** The id of the record that an answer is about. */
export const openRecordId = (
  ctx: Ctx,
  { id, recordSealed }: Pick<typeof photoCheckTable.$inferSelect, 'id' | 'recordSealed'>,
) => open<string>(ctx, placeOf(photoCheckTable.recordSealed, id), recordSealed);

/**
 * The check that a person answers now, within its window.
 *
 * @throws AppError request.not_found, photo_check.closed
 */
export async function openCheck(ctx: Ctx, signedIn: SignedIn, id: string) {
  const [[row], answers] = await ctx.db.batch(checkQueries(ctx, signedIn.account.id));
  const check = (await checksIn(ctx, signedIn, row)).find(({ recordId: of }) => of === id);
  refuseUnless(row !== undefined && check !== undefined, { code: 'request.not_found' });
  const { opensOn, closesOn } = check;
  refuseUnless(isWindowOpen(check, today(ctx)), { code: 'photo_check.closed', opensOn, closesOn });
  return { row, check, answers };
}
