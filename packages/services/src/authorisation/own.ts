import {
  accountTable,
  authorisationTable,
  commit,
  guard,
  hasWritten,
  isUniqueViolation,
  officeQuestionTable,
} from '@shiming/db';
import {
  AppError,
  type AuthorisationAnswers,
  type AuthorisationEnd,
  endOfDayMs,
  hasReachedAge,
  isStanding,
  lastDayOf,
  lastDayRange,
  matterStatusAt,
  meetsLevel,
  parseAuthorisation,
  tellOfEndAtMs,
} from '@shiming/domain';
import { and, desc, eq, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { findIdentity } from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import type { SignedIn } from '../session/session.ts';
import { newestMatters, openMatter } from './matter.ts';
import { tellOfAuthorisation } from './tell.ts';

/** Of each opening a text message is sent. */
const perDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** As many questions as the page lists. */
const questionsShown = 50;

/** That an account is active and has, by what is attested of it, the level that authorising asks for. */
export const mayAuthorise = (ctx: Ctx, accountId: string): SQL =>
  sql`exists (select 1 from ${accountTable} where ${accountTable.id} = ${accountId} and ${accountTable.status} = 'active' and json_extract(${attestedNow(ctx)}, '$.level') >= ${ctx.portal.authorisation?.level ?? 0})`;

/** The age from which people authorise, where the holder of an account has not reached it. */
export async function ageNeeded(
  ctx: Ctx,
  { account }: Pick<SignedIn, 'account'>,
): Promise<number | null> {
  const fromAge = ctx.portal.authorisation?.fromAge ?? 0;
  const birthDate = (await findIdentity(ctx, account))?.birthDate ?? null;
  return hasReachedAge(fromAge, birthDate, today(ctx)) ? null : fromAge;
}

/** The authorisation of an account at the portal of the request that is not closed; its last day may be over. */
const openOne = ({ portal }: Pick<Ctx, 'portal'>, accountId: string) =>
  and(
    eq(authorisationTable.accountId, accountId),
    eq(authorisationTable.portal, portal.id),
    isNull(authorisationTable.closedAtMs),
  );

/** A statement that closes the open authorisation of an account, if `also` holds of it. */
const closeOpen = (ctx: Ctx, accountId: string, closedBy: AuthorisationEnd, also?: SQL) =>
  ctx.db
    .update(authorisationTable)
    .set({ closedAtMs: ctx.now(), closedBy, lookAtMs: null })
    .where(and(openOne(ctx, accountId), also));

/**
 * E-AUT-01, E-AUT-02: the authorisation of a person, what they may set, each question that an office has asked about them, and
 * each matter that one asks them to confirm, newest first; `null` where the portal has none.
 */
export async function viewAuthorisation(ctx: Ctx, signedIn: SignedIn) {
  const { account, level } = signedIn;
  const asked = ctx.portal.authorisation;
  if (asked === null) return null;
  const [[found], questions, matters] = await ctx.db.batch([
    ctx.db
      .select()
      .from(authorisationTable)
      .where(
        and(
          eq(authorisationTable.accountId, account.id),
          eq(authorisationTable.portal, ctx.portal.id),
        ),
      )
      .orderBy(desc(authorisationTable.openedAtMs), desc(authorisationTable.id))
      .limit(1),
    ctx.db
      .select()
      .from(officeQuestionTable)
      .where(
        and(
          eq(officeQuestionTable.accountId, account.id),
          eq(officeQuestionTable.portal, ctx.portal.id),
        ),
      )
      .orderBy(desc(officeQuestionTable.atMs), desc(officeQuestionTable.id))
      .limit(questionsShown),
    ...(await newestMatters(ctx, account)),
  ]);
  return {
    needsLevel: meetsLevel(level, asked.level) ? null : asked.level,
    needsAge: await ageNeeded(ctx, signedIn),
    days: lastDayRange(today(ctx)),
    /** The last one, which may have ended. */
    last:
      found === undefined
        ? null
        : {
            purposes: found.purposes,
            usesAllowed: found.usesAllowed,
            used: found.used,
            lastDay: lastDayOf(found.untilMs),
            openedAtMs: found.openedAtMs,
            isOpen: isStanding(found, ctx.now()),
            closedAtMs: found.closedAtMs,
            closedBy: found.closedBy,
          },
    matters: await Promise.all(
      matters.map(async (row) => ({
        id: row.id,
        office: row.office,
        company: (await openMatter(ctx, row)).company,
        role: row.role,
        purpose: row.purpose,
        status: matterStatusAt(row, ctx.now()),
        askedAtMs: row.askedAtMs,
        expiresAtMs: row.expiresAtMs,
        endedAtMs: row.endedAtMs,
        receipt: row.receipt,
      })),
    ),
    questions: questions.map(({ id, office, purpose, isYes, atMs }) => ({
      receipt: id,
      office,
      purpose,
      isYes,
      atMs,
    })),
  };
}

/**
 * E-AUT-01: opens the window in which an office that asks about this person gets a yes. It takes level 4, an adult (DOMAIN
 * 15.4) and a proof, and tells the person by SMS.
 *
 * @throws AppError input.invalid, request.not_found, proof.required, service.not_verified, authorisation.under_age,
 * request.too_many, authorisation.open where one stands
 */
export async function openAuthorisation(
  ctx: Ctx,
  signedIn: SignedIn,
  input: AuthorisationAnswers,
): Promise<void> {
  const asked = ctx.portal.authorisation;
  refuseUnless(asked !== null, { code: 'request.not_found' });
  const parsed = accepted(parseAuthorisation(input, today(ctx)));
  const { account, level } = signedIn;
  refuseUnless(meetsLevel(level, asked.level), { code: 'service.not_verified' });
  const fromAge = await ageNeeded(ctx, signedIn);
  if (fromAge !== null) throw new AppError({ code: 'authorisation.under_age', fromAge });
  requireProof(ctx, signedIn);
  const { purposes, lastDay, usesAllowed } = parsed;
  const nowMs = ctx.now();
  const untilMs = endOfDayMs(lastDay);
  try {
    const claims = [newClaim(ctx, 'authorisation', account.id, [perDay])] as const;
    await commitClaims(ctx, claims, [
      guard(ctx.db, mayAuthorise(ctx, account.id), { code: 'service.not_verified' }),
      // The job has not come to it yet.
      closeOpen(ctx, account.id, 'last_day', lte(authorisationTable.untilMs, nowMs)),
      ctx.db.insert(authorisationTable).values({
        id: ctx.crypto.randomToken(12),
        accountId: account.id,
        portal: ctx.portal.id,
        service: asked.service,
        purposes,
        usesAllowed,
        openedAtMs: nowMs,
        untilMs,
        lookAtMs: tellOfEndAtMs(untilMs, nowMs) ?? untilMs,
      }),
      record(ctx, 'authorisation.opened', account.id, {
        purposes: purposes.join(' '),
        lastDay,
        usesAllowed,
      }),
      ...(await tellOfAuthorisation(ctx, account, 'authorisation_opened', { date: lastDay })),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error, 'authorisation.account_id')) throw error;
    throw new AppError({ code: 'authorisation.open' });
  }
}

/**
 * E-AUT-01a: closes it. No question gets a yes any longer.
 *
 * @throws AppError request.stale where none is open
 */
export async function closeAuthorisation(ctx: Ctx, { account }: SignedIn): Promise<void> {
  await commit(ctx.db, [
    closeOpen(ctx, account.id, 'holder'),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'authorisation.closed', account.id, { by: 'holder' }),
  ]);
}
