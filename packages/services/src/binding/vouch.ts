import { attestationTable, noticeTable, recordTable, vouchTable } from '@shiming/db';
import {
  needsGuardian,
  type NoticeFacts,
  type NoticeKind,
  type PersonRecord,
  type VouchAnswers,
  type VouchObstacle,
  type VouchRule,
  type VouchSubject,
} from '@shiming/domain';
import { and, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Account, provedAtMsOf } from '../account/account.ts';
import { isBound } from '../account/binding.ts';
import { accountsOfPerson } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import type { Instant } from '../compiled.ts';
import { type Ctx, type Deps, refuseUnless, today } from '../context.ts';
import { birthDateOf } from '../guardian/child.ts';
import { notice } from '../notice/notify.ts';
import { openAnswer, recordId } from '../records/ask.ts';
import { open, placeOf } from '../vault/vault.ts';

export type VouchRow = typeof vouchTable.$inferSelect;

/** How classmates confirm each other at the portal. @throws AppError request.not_found where they do not */
export function ruleOf({ portal }: Pick<Ctx, 'portal'>): VouchRule {
  refuseUnless(portal.vouching !== null, { code: 'request.not_found' });
  return portal.vouching;
}

export const openVouch = (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, answersSealed }: Pick<VouchRow, 'id' | 'answersSealed'>,
) => open<VouchAnswers>(deps, placeOf(vouchTable.answersSealed, id), answersSealed);

/** The studies that are kept with a request of somebody who claims a number, while it waits; `null`: of any other. */
export const openStudies = async (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, studiesSealed }: Pick<VouchRow, 'id' | 'studiesSealed'>,
): Promise<readonly PersonRecord[] | null> =>
  studiesSealed === null
    ? null
    : open<PersonRecord[]>(deps, placeOf(vouchTable.studiesSealed, id), studiesSealed);

/** That a request for a binding has become needless: its asker has another one by now. */
export const isNeedless = sql`(${vouchTable.claimId} is null and ${isBound(vouchTable.askerId)})`;

/** That a request can still be answered. */
export const isWaiting = (nowMs: Instant) =>
  and(
    eq(vouchTable.status, 'waiting'),
    sql`${vouchTable.expiresAtMs} > ${nowMs}`,
    sql`not ${isNeedless}`,
  );

/** The records of study that accounts have fetched at the portal, by account; those about a former name do not count. */
export async function studiesOf(
  ctx: Ctx,
  accounts: readonly Pick<Account, 'id' | 'identityVersion'>[],
): Promise<Map<string, readonly PersonRecord[]>> {
  const rows = await ctx.db
    .select()
    .from(recordTable)
    .where(
      inArray(
        recordTable.id,
        accounts.map(({ id }) => recordId(ctx, id, 'enrolment')),
      ),
    );
  const found = await Promise.all(
    rows.map(async (row) => {
      const account = accounts.find(({ id }) => id === row.accountId);
      const answer = row.about === account?.identityVersion ? await openAnswer(ctx, row) : null;
      return [row.accountId, answer?.records ?? []] as const;
    }),
  );
  return new Map(found);
}

/** Whether a guardian consents for the holder of an account, who neither helps nor is helped (DOMAIN 14.6). */
export const isChild = async (ctx: Ctx, account: Account): Promise<boolean> =>
  needsGuardian(ctx.portal, await birthDateOf(ctx, account), today(ctx));

/** Why somebody may not help that shows in their own account: the mobile has not been proved for long enough. */
export const hasBeenBound = (
  account: Pick<Account, 'identifiers'>,
  { boundForMs }: VouchRule,
  nowMs: number,
): boolean => {
  const provedAtMs = provedAtMsOf(account, 'mobile');
  return provedAtMs !== null && provedAtMs <= nowMs - boundForMs;
};

const exists = (where: ReturnType<typeof and>) =>
  sql`exists (select 1 from ${vouchTable} where ${where})`;

/** What of former requests stands between a helper and an asker, by person, each as part of a statement. */
export const standsBetween = (
  helperId: string,
  askerId: string,
  sinceMs: number,
): readonly (readonly [VouchObstacle, SQL])[] => {
  const isConfirmed = eq(vouchTable.status, 'confirmed');
  const [helper, asker] = [accountsOfPerson(helperId), accountsOfPerson(askerId)];
  const isHelped = sql`${vouchTable.askerId} in ${helper}`;
  return [
    ['same_person', sql`${askerId} in ${helper}`],
    [
      'barred',
      exists(and(sql`${vouchTable.helperId} in ${helper}`, isNotNull(vouchTable.falseAtMs))),
    ],
    [
      'helped_lately',
      exists(and(isHelped, isConfirmed, sql`${vouchTable.decidedAtMs} > ${sinceMs}`)),
    ],
    [
      'helped_by_asker',
      exists(and(isHelped, isConfirmed, sql`${vouchTable.helperId} in ${asker}`)),
    ],
  ];
};

/**
 * Statements for an account that was somebody else's: its helpers vouched for what was not so, and what its holder vouched for
 * counts no more. All of them help nobody any longer, and every binding that they gave is revoked; those people read so, and
 * are asked for another one.
 */
export function foundFalse(ctx: Ctx, accountId: string) {
  const { db } = ctx;
  const nowMs = ctx.now();
  const helpers = sql`(select "own"."helper_id" from ${vouchTable} as "own" where "own"."asker_id" = ${accountId} and "own"."status" = 'confirmed')`;
  const given = db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .where(
      and(
        or(eq(vouchTable.helperId, accountId), sql`${vouchTable.helperId} in ${helpers}`),
        eq(vouchTable.status, 'confirmed'),
      ),
    );
  const revoked = and(
    eq(attestationTable.kind, 'binding'),
    inArray(attestationTable.sourceId, given),
    isNull(attestationTable.revokedAtMs),
  );
  const told: NoticeKind = 'vouch_found_false';
  return [
    db
      .insert(noticeTable)
      .select(
        sql`select ${ctx.crypto.randomToken(12)} || '-' || ${attestationTable.id}, ${attestationTable.accountId}, ${told}, '{}', ${nowMs}, null from ${attestationTable} where ${and(revoked, ne(attestationTable.accountId, accountId))}`,
      ),
    db.update(attestationTable).set({ revokedAtMs: nowMs }).where(revoked),
    db
      .update(vouchTable)
      .set({ falseAtMs: nowMs })
      .where(
        and(
          or(eq(vouchTable.askerId, accountId), eq(vouchTable.helperId, accountId)),
          eq(vouchTable.status, 'confirmed'),
        ),
      ),
    record(ctx, 'vouch.found_false', accountId),
  ] as const;
}

export const subjectOf = ({ claimId }: Pick<VouchRow, 'claimId'>): VouchSubject =>
  claimId === null ? 'binding' : 'number_claim';

/** Statements that tell one side on the page 通知, where there is somebody. */
export const tell = (
  ctx: Ctx,
  accountId: string | null,
  kind: Parameters<typeof notice>[2],
  facts: NoticeFacts,
) => (accountId === null ? [] : notice(ctx, accountId, kind, facts));
