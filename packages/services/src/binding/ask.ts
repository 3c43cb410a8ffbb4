import { accountTable, commit, guard, identifierTable, vouchTable } from '@shiming/db';
import {
  AppError,
  findingOf,
  maskName,
  parseVouchAnswers,
  type PersonRecord,
  type VouchAnswers,
} from '@shiming/domain';
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  findIdentity,
  isClaimant,
  openIdentity,
} from '../account/account.ts';
import { identifierIndexes } from '../account/identifiers.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { claimOf, guardLiveClaim, isLive } from '../account/number-claims.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { askedPerDay, hasRecordConsent } from '../records/ask.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { contactHash, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { isChild, isWaiting, ruleOf, studiesOf, tell } from './vouch.ts';

const perDay = (limit: number): Limit => ({
  limit,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

/** The account whose holder has proved a mobile and has this name; `null`: none. */
async function findHelper(ctx: Ctx, askerId: string, { name, mobile }: VouchAnswers) {
  const indexes = await identifierIndexes(ctx, 'mobile', mobile);
  const found = await ctx.db
    .select(accountRow)
    .from(identifierTable)
    .innerJoin(accountTable, eq(accountTable.id, identifierTable.accountId))
    .where(
      and(
        eq(identifierTable.kind, 'mobile'),
        inArray(identifierTable.index, indexes),
        isNotNull(identifierTable.provedAtMs),
        eq(accountTable.status, 'active'),
        ne(accountTable.id, askerId),
      ),
    );
  for (const account of found) {
    if ((await findIdentity(ctx, account))?.name === name) return account.id;
  }
  return null;
}

/**
 * The studies of a claimant, by which a classmate is known: asked of the authority under the number that is claimed, kept with
 * the request alone, and shown to nobody, because the number may be another person's.
 *
 * @throws AppError consent.required, request.too_many, service.unavailable, vouch.needs_record
 */
async function studiesOfClaimant(ctx: Ctx, account: Account): Promise<PersonRecord[]> {
  const { name, number } = await openIdentity(ctx, account);
  await commitClaims(
    ctx,
    [newClaim(ctx, 'record.asked', account.id, [askedPerDay])],
    [guard(ctx.db, hasRecordConsent(ctx, account.id), { code: 'consent.required' })],
  );
  const answer = await ctx.records?.findRecords({ kind: 'enrolment', name, number });
  if (answer === undefined || answer.outcome === 'unreachable') {
    throw new AppError({ code: 'service.unavailable' });
  }
  const { records } = findingOf([answer]);
  refuseUnless(records.length > 0, { code: 'vouch.needs_record' });
  return records.map(({ id, fields: { school = '', class: of = '', enrolledOn = '' } }) => ({
    id,
    fields: { school, class: of, enrolledOn },
  }));
}

/** The claim that a classmate can help to settle. @throws AppError request.stale where there is none, or one has helped */
async function claimToSettle(ctx: Ctx, accountId: string): Promise<string> {
  const [found] = await claimOf(ctx, accountId)[0];
  refuseUnless(found !== undefined && isLive(found) && !found.isVouched, { code: 'request.stale' });
  return found.claim.id;
}

/**
 * S-BND-02, S-DUP-05: asks a classmate to confirm who one is: for a binding, or by somebody who claims a number, for the claim. The answer is the same whether or not there is such a classmate, and a
 * request to nobody runs out as any other.
 *
 * @throws AppError request.not_found, input.invalid, identity.required, consent.required, vouch.needs_record, vouch.waiting,
 * request.stale, request.too_many, service.unavailable
 */
export async function askClassmate(
  ctx: Ctx,
  signedIn: SignedIn,
  input: VouchAnswers,
): Promise<{ expiresAtMs: number }> {
  const rule = ruleOf(ctx);
  const parsed = accepted(parseVouchAnswers(input));
  const { account } = signedIn;
  const { name } = await openIdentity(ctx, account);
  refuseUnless(!(await isChild(ctx, account)), { code: 'request.not_found' });
  const claimId = isClaimant(account) ? await claimToSettle(ctx, account.id) : null;
  const own = claimId === null ? null : await studiesOfClaimant(ctx, account);
  if (own === null) {
    refuseUnless(!signedIn.isBound, { code: 'request.stale' });
    const studies = await studiesOf(ctx, [account]);
    refuseUnless((studies.get(account.id) ?? []).length > 0, { code: 'vouch.needs_record' });
  }
  const helperId = await findHelper(ctx, account.id, parsed);
  const nowMs = ctx.now();
  const claim = newClaim(ctx, 'vouch.request', account.id, [perDay(rule.requestsPerDay)]);
  const { mobile } = parsed;
  const to = newClaim(ctx, 'vouch.to', await contactHash(ctx, 'mobile', mobile), [
    perDay(rule.requestsToOne),
  ]);
  const waiting = ctx.db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .where(and(eq(vouchTable.askerId, account.id), isWaiting(nowMs)));
  const { id } = claim;
  const expiresAtMs = nowMs + rule.validMs;
  await commitClaims(
    ctx,
    [claim, to],
    [
      guardSignedIn(ctx, signedIn),
      guard(ctx.db, sql`not exists ${waiting}`, { code: 'vouch.waiting' }),
      ...(claimId === null ? [] : [guardLiveClaim(ctx, claimId, { code: 'request.stale' })]),
      // Those of a request that has run out.
      ctx.db
        .update(vouchTable)
        .set({ studiesSealed: null })
        .where(and(eq(vouchTable.askerId, account.id), isNotNull(vouchTable.studiesSealed))),
      ctx.db.insert(vouchTable).values({
        id,
        askerId: account.id,
        helperId,
        claimId,
        portal: ctx.portal.id,
        answersSealed: await seal(ctx, placeOf(vouchTable.answersSealed, id), parsed),
        studiesSealed: own && (await seal(ctx, placeOf(vouchTable.studiesSealed, id), own)),
        status: 'waiting',
        createdAtMs: nowMs,
        expiresAtMs,
        keyId: currentKeyId(ctx),
      }),
      ...tell(ctx, helperId, 'vouch_asked', {
        name: maskName(name),
        ...(claimId !== null && { for: 'number_claim' }),
      }),
      record(ctx, 'vouch.requested', account.id),
    ],
  );
  return { expiresAtMs };
}

/** Takes back a request that waits. @throws AppError vouch.over */
export async function withdrawVouch(
  ctx: Ctx,
  { account }: SignedIn,
  { vouchId }: { vouchId: string },
): Promise<void> {
  const own = and(eq(vouchTable.id, vouchId), eq(vouchTable.askerId, account.id));
  const waiting = ctx.db
    .select({ id: vouchTable.id })
    .from(vouchTable)
    .where(and(own, isWaiting(ctx.now())));
  await commit(ctx.db, [
    guard(ctx.db, sql`exists ${waiting}`, { code: 'vouch.over' }),
    ctx.db
      .update(vouchTable)
      .set({ status: 'withdrawn', decidedAtMs: ctx.now(), studiesSealed: null })
      .where(own),
    record(ctx, 'vouch.withdrawn', account.id),
  ]);
}
