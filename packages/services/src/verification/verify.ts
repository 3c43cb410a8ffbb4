import { accountTable, commit, guard, verificationTable } from '@shiming/db';
import {
  AppError,
  type CorrectionAnswers,
  isCounted,
  outcomeOf,
  parseCorrection,
  type VerificationOutcome,
} from '@shiming/domain';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { IdentityQuery } from '@shiming/providers';
import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, refuseUnless, today } from '../context.ts';
import { openIdentity, openProfile } from '../profile/account.ts';
import { guardAccountUnchanged } from '../profile/save.ts';
import { sealedContext } from '../profile/sealed.ts';
import { rotateSession, type SignedIn } from '../session/session.ts';
import { keyIdAfter, seal } from '../vault/vault.ts';

/** A question that has had no answer for so long will not get one. */
const abandonedAfterMs = 60_000;

/**
 * T-VER-01 to 07: asks the authority about name, number and validity as typed (or name and 通行证号码 for a
 * residence permit), and keeps name and validity only when it says they match. A try is claimed before the
 * question and given back when the fault was not the person's.
 *
 * @returns the outcome, whether the try counted, and the session's new cookie when rights rose
 * @throws AppError input.invalid, profile.incomplete, verification.no_authority, verification.in_progress,
 * verification.day_limit
 */
export async function verify(
  ctx: Ctx,
  { account, sessionId }: SignedIn,
  input: CorrectionAnswers,
): Promise<{ outcome: VerificationOutcome; isCounted: boolean; sessionToken: string | null }> {
  const [identity, profile] = await Promise.all([
    openIdentity(ctx, account),
    openProfile(ctx, account),
  ]);
  refuseUnless(profile !== null, { code: 'profile.incomplete' });
  const checks = ctx.portal.authorityChecks[identity.document.type];
  refuseUnless(checks !== 'none', { code: 'verification.no_authority' });
  const parsed = parseCorrection(input, identity.document, today(ctx));
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const { name, validity } = parsed.value;
  const query: IdentityQuery =
    checks === 'four_factors'
      ? { name, number: identity.document.number, validity }
      : { name, number: profile.travelPermitNumber ?? '', validity: null };

  const nowMs = ctx.now();
  const { perDay } = ctx.portal.verification;
  const dayLimit: Limit = {
    limit: perDay,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'verification.day_limit', limit: perDay, resumesAtMs }),
  };
  // One id for the try and its place in the ledger: the person reads both as one line.
  const attempt = newClaim(ctx, 'verification', account.id, [dayLimit]);
  const asking = ctx.db
    .select({ id: verificationTable.id })
    .from(verificationTable)
    .where(
      and(
        eq(verificationTable.accountId, account.id),
        eq(verificationTable.status, 'asked'),
        gt(verificationTable.askedAtMs, nowMs - abandonedAfterMs),
      ),
    );
  await commitClaims(
    ctx,
    [attempt],
    [
      guard(ctx.db, sql`not exists ${asking}`, { code: 'verification.in_progress' }),
      ctx.db.insert(verificationTable).values({
        id: attempt.id,
        accountId: account.id,
        askedAtMs: nowMs,
        status: 'asked',
      }),
    ],
  );

  const answer = await ctx.authority.checkIdentity(query);
  const outcome = outcomeOf(answer.result);
  const counted = isCounted(outcome);
  const ended = ctx.db
    .update(verificationTable)
    .set({
      status: outcome,
      endedAtMs: ctx.now(),
      provider: answer.provider,
      rawCode: answer.rawCode,
      vendorRequestId: answer.requestId,
    })
    .where(and(eq(verificationTable.id, attempt.id), eq(verificationTable.status, 'asked')));
  const recorded = record(ctx, `verification.${outcome}`, account.id, {
    checks,
    provider: answer.provider,
    rawCode: answer.rawCode,
  });
  if (outcome !== 'matched') {
    await commit(ctx.db, [
      ended,
      recorded,
      ...(counted ? [] : [release(ctx.db, attempt.id, outcome)]),
    ]);
    return { outcome, isCounted: counted, sessionToken: null };
  }
  const doesRise = account.level < 3;
  const session = doesRise ? await rotateSession(ctx, sessionId) : null;
  await commit(ctx.db, [
    guardAccountUnchanged(ctx, account),
    ended,
    recorded,
    ctx.db
      .update(accountTable)
      .set({
        identitySealed: await seal(ctx, sealedContext('identity', account.id), {
          ...identity,
          name,
          validity,
        }),
        keyId: keyIdAfter(ctx, account.keyId),
        level: doesRise ? 3 : account.level,
        verifiedAtMs: ctx.now(),
        version: sql`${accountTable.version} + 1`,
      })
      .where(eq(accountTable.id, account.id)),
    ...(session === null ? [] : [session.statement]),
  ]);
  return { outcome, isCounted: counted, sessionToken: session?.token ?? null };
}

/** The job: questions whose asker died are ended, and the try given back. Answers how many there were. */
export async function settleVerifications(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const abandoned = await deps.db
    .select({ id: verificationTable.id })
    .from(verificationTable)
    .where(
      and(
        eq(verificationTable.status, 'asked'),
        lt(verificationTable.askedAtMs, deps.now() - abandonedAfterMs),
      ),
    )
    .limit(100);
  for (const { id } of abandoned) {
    await commit(deps.db, [
      deps.db
        .update(verificationTable)
        .set({ status: 'unavailable', endedAtMs: deps.now() })
        .where(and(eq(verificationTable.id, id), eq(verificationTable.status, 'asked'))),
      release(deps.db, id, 'unavailable'),
    ]);
  }
  return abandoned.length;
}
