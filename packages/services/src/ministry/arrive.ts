import { accountTable, commit, guard } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { accountRow } from '../account/account.ts';
import { identifierIndexes, openedBy, openedFirst, wasOpenedBy } from '../account/identifiers.ts';
import { requireActive } from '../account/status.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { notify } from '../notice/notify.ts';
import { endHeldSession, newSession } from '../session/session.ts';
import { arrivalOf, endVisit, keepArrival, ministryOf, spendVisit } from './visit.ts';

export type Arrived =
  | { outcome: 'signed_in'; sessionToken: string; deviceMark: string }
  | { outcome: 'unknown' };

/**
 * T-REG-15: a person comes back from the ministry, with this query. Whose account is linked is signed in, with the notices,
 * limits and sessions of every sign-in; it is no proof, because the ministry may have let in whoever sat there. Anybody else is
 * kept in mind by this browser, until they link an account of theirs or register. A visit for linking signs nobody in.
 *
 * @throws AppError ministry.refused, ministry.denied, ministry.unavailable, ministry.linked_elsewhere, account.suspended,
 * account.closed, request.not_found, request.stale
 */
export async function arrive(
  ctx: Ctx,
  token: string | null,
  { query }: { query: string },
): Promise<Arrived> {
  const ministry = ministryOf(ctx);
  const { id, purpose, request } = await spendVisit(ctx, token);
  const answer = await ministry.redeem(request, query);
  if (answer.outcome !== 'arrived') {
    const code = `ministry.${answer.outcome}` as const;
    throw new AppError({ code }, `ministry ${answer.code}`);
  }
  const arrival = arrivalOf(answer, answer.claims);
  const indexes = await identifierIndexes(ctx, 'ministry', arrival.account);
  const [account] = await ctx.db
    .select(accountRow)
    .from(accountTable)
    .where(wasOpenedBy('ministry', indexes))
    .orderBy(openedFirst)
    .limit(1);
  const isFree = account === undefined || (purpose === 'link' && account.status === 'closed');
  if (isFree) {
    await commit(ctx.db, await keepArrival(ctx, id, arrival));
    return { outcome: 'unknown' };
  }
  if (purpose === 'link') throw new AppError({ code: 'ministry.linked_elsewhere' });
  requireActive(account);

  const { mark, held } = await deviceMarks(ctx, arrival.account);
  const isKnown = held !== null;
  const session = await newSession(ctx, account.id);
  await commit(ctx.db, [
    guard(ctx.db, sql`${account.id} in (${openedBy('ministry', indexes)})`, {
      code: 'request.stale',
    }),
    ...(await endHeldSession(ctx)),
    session.statement,
    ...endVisit(ctx, id),
    record(ctx, 'login.signed_in', account.id, { isKnownDevice: isKnown, by: 'ministry' }),
    ...(isKnown ? [] : await notify(ctx, account, 'new_device', { device: ctx.visitor.label })),
  ]);
  return { outcome: 'signed_in', sessionToken: session.token, deviceMark: mark };
}
