import { accountTable, vouchTable } from '@shiming/db';
import { areClassmates, maskMobile, maskName, type PersonRecord } from '@shiming/domain';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { accountRow, findIdentity } from '../account/account.ts';
import type { Instant } from '../compiled.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { statusOf } from './current.ts';
import {
  isNeedless,
  isWaiting,
  openStudies,
  openVouch,
  ruleOf,
  studiesOf,
  subjectOf,
} from './vouch.ts';

const shown = 30;

/**
 * 收件箱 (S-BND-02, S-DUP-05): the requests to a helper, newest first. Each says who asks, for what, masked, with the school and
 * the year of the record, and never the full name, which the helper types. Of somebody who claims a number, who may be anybody,
 * the record is shown to a classmate alone. What is listed has been seen.
 */
export async function viewInbox(ctx: Ctx, { account }: SignedIn) {
  const { takeBackMs } = ruleOf(ctx);
  const nowMs = ctx.now();
  const isMine = eq(vouchTable.helperId, account.id);
  const [rows] = await ctx.db.batch([
    ctx.db
      .select({ row: vouchTable, asker: accountRow, isNeedless: isNeedless.mapWith(Boolean) })
      .from(vouchTable)
      .innerJoin(accountTable, eq(accountTable.id, vouchTable.askerId))
      .where(isMine)
      .orderBy(desc(vouchTable.createdAtMs))
      .limit(shown),
    ctx.db
      .update(vouchTable)
      .set({ seenAtMs: nowMs })
      .where(and(isMine, isNull(vouchTable.seenAtMs))),
  ]);
  const studies =
    rows.length === 0
      ? new Map<string, readonly PersonRecord[]>()
      : await studiesOf(ctx, [account, ...rows.map(({ asker }) => asker)]);
  const mine = studies.get(account.id) ?? [];
  const requests = await Promise.all(
    rows.map(async ({ row, asker, isNeedless }) => {
      const [identity, typed, kept] = await Promise.all([
        findIdentity(ctx, asker),
        openVouch(ctx, row),
        openStudies(ctx, row),
      ]);
      const theirs =
        row.claimId === null
          ? studies.get(asker.id)
          : kept?.filter((each) => areClassmates(mine, [each]));
      const fields = theirs?.[0]?.fields ?? {};
      const untilMs = (row.decidedAtMs ?? 0) + takeBackMs;
      return {
        vouchId: row.id,
        subject: subjectOf(row),
        status:
          isNeedless && row.status === 'waiting' ? ('needless' as const) : statusOf(row, nowMs),
        maskedName: maskName(identity?.name ?? ''),
        maskedMobile: maskMobile(typed.ownMobile),
        school: fields.school ?? '',
        enrolledOn: fields.enrolledOn ?? '',
        createdAtMs: row.createdAtMs,
        expiresAtMs: row.expiresAtMs,
        /** Until when the helper can take it back; `null`: no longer. */
        takeBackUntilMs: row.status === 'confirmed' && untilMs > nowMs ? untilMs : null,
      };
    }),
  );
  return { requests };
}

/** How many requests wait for the account that a query reads and were not seen. */
export const unseenOf = ({ portal }: Pick<Ctx, 'portal'>, nowMs: Instant) =>
  portal.vouching === null
    ? sql<number>`0`
    : sql<number>`(select count(*) from ${vouchTable} where ${vouchTable.helperId} = ${accountTable.id} and ${isWaiting(nowMs)} and ${vouchTable.seenAtMs} is null)`;
