import { accountTable, commit, guard, identifierTable, vouchTable } from '@shiming/db';
import { AppError, maskName, parseVouchAnswers, type VouchAnswers } from '@shiming/domain';
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { accountRow, findIdentity, openIdentity } from '../account/account.ts';
import { identifierIndexes } from '../account/identifiers.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { contactHash, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { isWaiting, ruleOf, studiesOf, tell } from './vouch.ts';

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
 * S-BND-02: asks a classmate to confirm who one is. The answer is the same whether or not there is such a classmate, and a
 * request to nobody runs out as any other.
 *
 * @throws AppError request.not_found, input.invalid, identity.required, vouch.needs_record, vouch.waiting, request.stale,
 * request.too_many
 */
export async function askClassmate(
  ctx: Ctx,
  signedIn: SignedIn,
  input: VouchAnswers,
): Promise<{ expiresAtMs: number }> {
  const rule = ruleOf(ctx);
  const parsed = parseVouchAnswers(input);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const { account } = signedIn;
  const { name } = await openIdentity(ctx, account);
  refuseUnless(!signedIn.isBound, { code: 'request.stale' });
  const studies = await studiesOf(ctx, [account]);
  refuseUnless((studies.get(account.id) ?? []).length > 0, { code: 'vouch.needs_record' });
  const helperId = await findHelper(ctx, account.id, parsed.value);
  const nowMs = ctx.now();
  const claim = newClaim(ctx, 'vouch.request', account.id, [perDay(rule.requestsPerDay)]);
  const { mobile } = parsed.value;
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
      ctx.db.insert(vouchTable).values({
        id,
        askerId: account.id,
        helperId,
        portal: ctx.portal.id,
        answersSealed: await seal(ctx, placeOf(vouchTable.answersSealed, id), parsed.value),
        status: 'waiting',
        createdAtMs: nowMs,
        expiresAtMs,
        keyId: currentKeyId(ctx),
      }),
      ...tell(ctx, helperId, 'vouch_asked', maskName(name)),
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
    ctx.db.update(vouchTable).set({ status: 'withdrawn', decidedAtMs: ctx.now() }).where(own),
    record(ctx, 'vouch.withdrawn', account.id),
  ]);
}
