import { accountTable, attestationTable, commit, guard, vouchTable } from '@shiming/db';
import {
  AppError,
  areClassmates,
  maskName,
  numberKey,
  parseName,
  type VouchObstacle,
} from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import { accountRow, guardAccountUnchanged, isClaimant, openIdentity } from '../account/account.ts';
import { revoke } from '../account/attestation.ts';
import { bindingRow } from '../account/binding.ts';
import { numberIndexOf } from '../account/identifiers.ts';
import { claimAlone, commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { guardLiveClaim } from '../account/number-claims.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { notify } from '../notice/notify.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import {
  hasBeenBound,
  isChild,
  isWaiting,
  openStudies,
  ruleOf,
  standsBetween,
  studiesOf,
  subjectOf,
  tell,
  type VouchRow,
} from './vouch.ts';

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

/** Guards that a request still waits, and its asker has an account that is active, and the claim that it is for. */
function guardWaiting(ctx: Ctx, { id: vouchId, claimId }: VouchRow) {
  const waiting = ctx.db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .innerJoin(accountTable, eq(accountTable.id, vouchTable.askerId))
    .where(
      and(eq(vouchTable.id, vouchId), isWaiting(ctx.now()), eq(accountTable.status, 'active')),
    );
  return [
    guard(ctx.db, sql`exists ${waiting}`, { code: 'vouch.over' }),
    ...guardClaim(ctx, claimId),
  ] as const;
}

const guardClaim = (ctx: Ctx, claimId: string | null) =>
  claimId === null ? [] : [guardLiveClaim(ctx, claimId, { code: 'vouch.over' })];

/**
 * S-BND-02, S-DUP-05, DOMAIN 14.7: confirms who a classmate is, by typing their full name. The helper is another person by the
 * document, has had a mobile proved for long enough, is a classmate by the records of both, was not helped lately or ever by
 * the asker, and helps few: all of it in the batch that binds, by person. It proves no contact and opens no account. For a
 * claim on a number it binds nothing: the number moves only with the silence of its holder, or by reviewers (S-DUP-05a).
 *
 * @throws AppError request.not_found, proof.required, input.invalid, vouch.over, vouch.not_entitled, request.too_many,
 * request.stale
 */
export async function confirmVouch(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { vouchId: string; name: string },
): Promise<void> {
  const rule = ruleOf(ctx);
  requireProof(ctx, signedIn);
  const typed = accepted(parseName(input.name, 'any'), 'name');
  const { account: helper } = signedIn;
  const { row, asker } = await findRequest(ctx, signedIn, input.vouchId);
  const nowMs = ctx.now();
  refuseUnless(row.status === 'waiting' && row.expiresAtMs > nowMs, { code: 'vouch.over' });
  const notEntitled = (why: VouchObstacle) => {
    const ms = why === 'mobile' ? rule.boundForMs : rule.notHelpedForMs;
    return { code: 'vouch.not_entitled', why, days: ms / dayMs } as const;
  };
  refuseUnless(hasBeenBound(helper, rule, nowMs), notEntitled('mobile'));
  const [isHelperChild, isAskerChild, studies, identity, own, kept] = await Promise.all([
    isChild(ctx, helper),
    isChild(ctx, asker),
    studiesOf(ctx, [helper, asker]),
    openIdentity(ctx, asker),
    openIdentity(ctx, helper),
    openStudies(ctx, row),
  ]);
  const { name } = identity;
  refuseUnless(!isHelperChild && !isAskerChild, notEntitled('child'));
  refuseUnless(numberKey(identity) !== numberKey(own), notEntitled('same_person'));
  const [mine = [], theirs = []] = [studies.get(helper.id), kept ?? studies.get(asker.id)];
  // Who claims a number is nobody by it yet.
  refuseUnless(mine.length > 0 && !isClaimant(helper), notEntitled('record'));
  refuseUnless(areClassmates(mine, theirs), notEntitled('not_classmate'));
  if (typed !== name) {
    const { namesPerDay: limit } = rule;
    await claimAlone(
      ctx,
      newClaim(ctx, 'vouch.name', helper.id, [{ limit, window: 'shanghai_day', refusal }]),
    );
    throw new AppError({ code: 'input.invalid', fields: { name: 'classmate.name' } });
  }
  const isForClaim = row.claimId !== null;
  const facts = isForClaim ? { for: subjectOf(row) } : {};
  // By the number, so that a person with two accounts helps no more; read in the batch, because the keys may change meanwhile.
  const person = sql`coalesce(nullif(${numberIndexOf(sql`${helper.id}`)}, ''), ${helper.id})`;
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
      ...guardWaiting(ctx, row),
      // The name that was typed is the asker's still.
      guardAccountUnchanged(ctx, asker),
      ...standsBetween(helper.id, asker.id, nowMs - rule.notHelpedForMs).map(([why, stands]) =>
        guard(ctx.db, sql`not ${stands}`, notEntitled(why)),
      ),
      ctx.db
        .update(vouchTable)
        .set({ status: 'confirmed', decidedAtMs: nowMs, studiesSealed: null })
        .where(eq(vouchTable.id, row.id)),
      ...(isForClaim
        ? []
        : [ctx.db.insert(attestationTable).values(bindingRow(ctx, asker.id, row.id))]),
      ...tell(ctx, asker.id, 'vouch_received', { name: maskName(own.name), ...facts }),
      ...(await notify(ctx, helper, 'vouch_given', {
        name: maskName(name),
        days: String(rule.takeBackMs / dayMs),
        ...facts,
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
    ...guardWaiting(ctx, row),
    ctx.db
      .update(vouchTable)
      .set({ status: 'declined', decidedAtMs: ctx.now(), studiesSealed: null })
      .where(eq(vouchTable.id, row.id)),
    ...tell(ctx, asker.id, 'vouch_declined', { for: subjectOf(row) }),
    record(ctx, 'vouch.declined', signedIn.account.id),
  ]);
}

/**
 * Takes back what was confirmed, while there is time, and a claim has not ended: the binding no longer stands, and the claim has
 * one thing less that speaks for it. What it cost of the year is not given back.
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
    ...guardClaim(ctx, row.claimId),
    ctx.db
      .update(vouchTable)
      .set({ status: 'taken_back', decidedAtMs: ctx.now() })
      .where(eq(vouchTable.id, row.id)),
    ...revoke(ctx, row.id),
    ...tell(ctx, asker.id, 'vouch_taken_back', { for: subjectOf(row) }),
    record(ctx, 'vouch.taken_back', signedIn.account.id),
    record(ctx, 'vouch.taken_back', asker.id),
  ]);
}
