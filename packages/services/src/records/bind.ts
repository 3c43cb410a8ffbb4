import { commit, guard, recordTable } from '@shiming/db';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { keyIdAfter, open, placeOf, seal } from '../vault/vault.ts';
import { hasRecordConsent, openAnswer, recordId } from './ask.ts';

/** The ids of the qualifications that are bound to an enrolment, by its id. */
export type Bound = Readonly<Record<string, readonly string[]>>;

type Row = typeof recordTable.$inferSelect;

export const openBound = async (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, boundSealed }: Pick<Row, 'id' | 'boundSealed'>,
): Promise<Bound> =>
  boundSealed === null ? {} : open<Bound>(deps, placeOf(recordTable.boundSealed, id), boundSealed);

/**
 * S-REC-04: binds one or more earlier qualifications to a present enrolment (专升本), or none any longer. Both are what the
 * authority has said of the person.
 *
 * @throws AppError request.not_found, consent.required, request.stale
 */
export async function bindQualifications(
  ctx: Ctx,
  { account }: SignedIn,
  input: { enrolmentId: string; qualificationIds: readonly string[] },
): Promise<void> {
  refuseUnless(ctx.portal.records?.bindsQualifications === true, { code: 'request.not_found' });
  const ids = (['enrolment', 'qualification'] as const).map((kind) =>
    recordId(ctx, account.id, kind),
  );
  const rows = await ctx.db
    .select()
    .from(recordTable)
    .where(and(inArray(recordTable.id, ids), eq(recordTable.about, account.identityVersion)));
  const [enrolment, qualification] = ids.map((id) => rows.find((row) => row.id === id));
  refuseUnless(enrolment !== undefined && qualification !== undefined, {
    code: 'request.not_found',
  });
  const [enrolled, qualified] = await Promise.all(
    [enrolment, qualification].map(
      async (row) => new Set((await openAnswer(ctx, row))?.records.map(({ id }) => id)),
    ),
  );
  const { enrolmentId, qualificationIds } = input;
  const areTheirs =
    enrolled?.has(enrolmentId) === true &&
    qualificationIds.every((id) => qualified?.has(id) === true);
  refuseUnless(areTheirs, { code: 'request.not_found' });
  const bound: Bound = {
    ...(await openBound(ctx, enrolment)),
    [enrolmentId]: [...new Set(qualificationIds)],
  };
  const same = ctx.db
    .select({ id: recordTable.id })
    .from(recordTable)
    .where(
      and(
        eq(recordTable.id, enrolment.id),
        sql`${recordTable.answeredAtMs} is ${enrolment.answeredAtMs}`,
        sql`${recordTable.boundSealed} is ${enrolment.boundSealed}`,
      ),
    );
  await commit(ctx.db, [
    guard(ctx.db, hasRecordConsent(ctx, account.id), { code: 'consent.required' }),
    guard(ctx.db, sql`exists ${same}`, { code: 'request.stale' }),
    ctx.db
      .update(recordTable)
      .set({
        boundSealed: await seal(ctx, placeOf(recordTable.boundSealed, enrolment.id), bound),
        keyId: keyIdAfter(ctx, enrolment.keyId),
      })
      .where(eq(recordTable.id, enrolment.id)),
    record(ctx, 'record.bound', account.id, { count: qualificationIds.length }),
  ]);
}
