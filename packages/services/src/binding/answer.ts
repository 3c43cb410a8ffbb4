import { accountTable, attestationTable, commit, guard, vouchTable } from '@shiming/db';
import { AppError, areClassmates, maskName, parseName, type VouchObstacle } from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import { accountRow, numberIndexIn, openIdentity } from '../account/account.ts';
import { revoke } from '../account/attestation.ts';
import { bindingRow } from '../account/binding.ts';
import { claimAlone, commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { notify } from '../notice/notify.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { hasBeenBound, isWaiting, ruleOf, standsBetween, studiesOf, tell } from './vouch.ts';

const dayMs = 24 * 3_600_000;
const yearMs = 365 * dayMs;

const refusal: Limit['refusal'] = (retryAtMs) => ({ code: 'request.too_many', retryAtMs });

/** A request to a helper, with the account of its asker. @throws AppError request.not_found */
async function findRequest(ctx: Ctx, { account }: SignedIn, vouchId: string) {
  const [found] = await ctx.db
    .select({ row: vouchTable, asker: accountRow })
    .from(vouchTable)
    .innerJoin(accountTable, eq(accountTable.id, vouchTable.askerId))
    .where(and(eq(vouchTable.id, vouchId), eq(vouchTable.helperId, account.id)));
  refuseUnless(found !== undefined, { code: 'request.not_found' });
  return found;
}

/** The guard that a request still waits, and its asker has an account that is active. */
function guardWaiting(ctx: Ctx, vouchId: string) {
  const waiting = ctx.db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .innerJoin(accountTable, eq(accountTable.id, vouchTable.askerId))
    .where(
      and(eq(vouchTable.id, vouchId), isWaiting(ctx.now()), eq(accountTable.status, 'active')),
    );
  return guard(ctx.db, sql`exists ${waiting}`, { code: 'vouch.over' });
}

/**
 * S-BND-02, DOMAIN 14.7: confirms who a classmate is, by typing their full name. The helper has had a mobile proved for long
 * enough, is a classmate by the records of both, was not helped lately or ever by the asker, and helps few: all of it in the
 * batch that binds, by person. It proves no contact and opens no account.
 *
 * @throws AppError request.not_found, proof.required, input.invalid, vouch.over, vouch.not_entitled, request.too_many
 */
export async function confirmVouch(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { vouchId: string; name: string },
): Promise<void> {
  const rule = ruleOf(ctx);
  requireProof(ctx, signedIn);
  const typed = parseName(input.name, 'any');
  if (!typed.ok) throw new AppError({ code: 'input.invalid', fields: { name: typed.code } });
  const { account: helper } = signedIn;
  const { row, asker } = await findRequest(ctx, signedIn, input.vouchId);
  const nowMs = ctx.now();
  refuseUnless(row.status === 'waiting' && row.expiresAtMs > nowMs, { code: 'vouch.over' });
  const notEntitled = (why: VouchObstacle) => {
    const ms = why === 'mobile' ? rule.boundForMs : rule.notHelpedForMs;
    return { code: 'vouch.not_entitled', why, days: ms / dayMs } as const;
  };
  refuseUnless(hasBeenBound(helper, rule, nowMs), notEntitled('mobile'));
  const [studies, { name }, own] = await Promise.all([
    studiesOf(ctx, [helper, asker]),
    openIdentity(ctx, asker),
    openIdentity(ctx, helper),
  ]);
  const [mine = [], theirs = []] = [studies.get(helper.id), studies.get(asker.id)];
  refuseUnless(mine.length > 0, notEntitled('record'));
  refuseUnless(areClassmates(mine, theirs), notEntitled('not_classmate'));
  if (typed.value !== name) {
    const { namesPerDay: limit } = rule;
    await claimAlone(
      ctx,
      newClaim(ctx, 'vouch.name', helper.id, [{ limit, window: 'shanghai_day', refusal }]),
    );
    throw new AppError({ code: 'input.invalid', fields: { name: 'classmate.name' } });
  }
  // By the number, so that a person with two accounts helps no more.
  const person = numberIndexIn(helper) || helper.id;
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'vouch', person, [
        { limit: rule.perDay, window: 'shanghai_day', refusal },
        { limit: rule.perYear, window: { lastMs: yearMs }, refusal },
      ]),
    ],
    [
      guardSignedIn(ctx, signedIn),
      guardWaiting(ctx, row.id),
      ...standsBetween(helper.id, asker.id, nowMs - rule.notHelpedForMs).map(([why, stands]) =>
        guard(ctx.db, sql`not ${stands}`, notEntitled(why)),
      ),
      ctx.db
        .update(vouchTable)
        .set({ status: 'confirmed', decidedAtMs: nowMs })
        .where(eq(vouchTable.id, row.id)),
      ctx.db.insert(attestationTable).values(bindingRow(ctx, asker.id, row.id)),
      ...tell(ctx, asker.id, 'vouch_received', maskName(own.name)),
      ...(await notify(ctx, helper, 'vouch_given', {
        name: maskName(name),
        days: String(rule.takeBackMs / dayMs),
      })),
      record(ctx, 'vouch.confirmed', helper.id),
      record(ctx, 'vouch.confirmed', asker.id),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
}

/** Says no to a request. @throws AppError request.not_found, vouch.over */
export async function declineVouch(
  ctx: Ctx,
  signedIn: SignedIn,
  { vouchId }: { vouchId: string },
): Promise<void> {
  ruleOf(ctx);
  const { row, asker } = await findRequest(ctx, signedIn, vouchId);
  await commit(ctx.db, [
    guardWaiting(ctx, row.id),
    ctx.db
      .update(vouchTable)
      .set({ status: 'declined', decidedAtMs: ctx.now() })
      .where(eq(vouchTable.id, row.id)),
    ...tell(ctx, asker.id, 'vouch_declined', ''),
    record(ctx, 'vouch.declined', signedIn.account.id),
  ]);
}

/**
 * Takes back what was confirmed, while there is time: the binding no longer stands. What it cost of the year is not given back.
 *
 * @throws AppError request.not_found, vouch.over
 */
export async function takeBackVouch(
  ctx: Ctx,
  signedIn: SignedIn,
  { vouchId }: { vouchId: string },
): Promise<void> {
  const { takeBackMs } = ruleOf(ctx);
  const { row, asker } = await findRequest(ctx, signedIn, vouchId);
  const given = ctx.db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .where(
      and(
        eq(vouchTable.id, row.id),
        eq(vouchTable.status, 'confirmed'),
        gt(vouchTable.decidedAtMs, ctx.now() - takeBackMs),
      ),
    );
  await commit(ctx.db, [
    guard(ctx.db, sql`exists ${given}`, { code: 'vouch.over' }),
    ctx.db
      .update(vouchTable)
      .set({ status: 'taken_back', decidedAtMs: ctx.now() })
      .where(eq(vouchTable.id, row.id)),
    ...revoke(ctx, row.id),
    ...tell(ctx, asker.id, 'vouch_taken_back', ''),
    record(ctx, 'vouch.taken_back', signedIn.account.id),
    record(ctx, 'vouch.taken_back', asker.id),
  ]);
}
