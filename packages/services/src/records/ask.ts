import { attestationTable, commit, guard, hasWritten, recordTable } from '@shiming/db';
import {
  AppError,
  findingOf,
  type Identity,
  meetsLevel,
  type PersonRecord,
  type Profile,
  type RecordKind,
  type RecordOutcome,
} from '@shiming/domain';
import { and, eq, gt, isNotNull, isNull, notBetween, notInArray, sql } from 'drizzle-orm';
import { openIdentity, openProfile } from '../account/account.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, refuseUnless } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import type { SignedIn } from '../session/session.ts';
import { currentKeyId, mixedKeys, open, placeOf, seal } from '../vault/vault.ts';

/** A question that has had no answer for so long will not get one. */
const abandonedAfterMs = 60_000;

/** Questions that were given back were asked all the same: so many an account has in a day. */
export const askedPerDay: Limit = {
  limit: 40,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** What is kept of an answer. */
export type StoredAnswer = { records: readonly PersonRecord[]; availableFrom: string | null };

/** What is kept of an answer; `null` where there is none. */
export const openAnswer = async (
  deps: Pick<Deps, 'crypto' | 'keys'>,
  { id, answerSealed }: Pick<typeof recordTable.$inferSelect, 'id' | 'answerSealed'>,
): Promise<StoredAnswer | null> =>
  answerSealed === null
    ? null
    : open<StoredAnswer>(deps, placeOf(recordTable.answerSealed, id), answerSealed);

/** What an account has of one kind of records at the portal of the request. */
export const recordId = (ctx: Pick<Ctx, 'portal'>, accountId: string, kind: RecordKind): string =>
  `${accountId}.${ctx.portal.id}.${kind}`;

/** What has to hold for a question and for its answer: the person consents to it, and to the use of the number. */
export const hasRecordConsent = (ctx: Ctx, accountId: string) =>
  sql`${hasLiveConsent(ctx, accountId, 'records')} and ${hasLiveConsent(ctx, accountId, 'document_number')}`;

/** That a question about a row is under way. */
export const isAsking = (nowMs: number) =>
  and(isNotNull(recordTable.askId), gt(recordTable.askedAtMs, nowMs - abandonedAfterMs));

/** Every number that the person has shown, the account's own first. */
const numbersOf = (identity: Identity, profile: Profile | null, attested: readonly string[]) => [
  ...new Set(
    [
      identity.number,
      profile?.travelPermitNumber ?? '',
      profile?.localDocumentNumber ?? '',
      ...attested,
    ].filter((number) => number !== ''),
  ),
];

/**
 * S-REC-01, T-PRO-07: asks the authority for a verified person's records of one kind, under each document that they have
 * shown, and keeps the answer sealed, with its time. A try of the day is claimed before the question and given back where
 * nobody was reached; the answer before it then stays.
 *
 * @throws AppError request.not_found, service.not_verified, consent.required, record.in_progress, record.day_limit,
 * request.too_many, request.stale
 */
export async function refreshRecord(
  ctx: Ctx,
  { account, level }: SignedIn,
  { kind }: { kind: RecordKind },
): Promise<{ outcome: RecordOutcome }> {
  const { records: source, portal, db } = ctx;
  const shown = portal.records;
  const isShown =
    kind === 'photo_check'
      ? shown !== null && shown.photoCheck !== null
      : shown?.sections.some(({ kinds }) => kinds.includes(kind)) === true;
  if (source === null || shown === null || !isShown) {
    throw new AppError({ code: 'request.not_found' });
  }
  refuseUnless(meetsLevel(level, shown.level), { code: 'service.not_verified' });
  const [identity, profile] = await Promise.all([
    openIdentity(ctx, account),
    openProfile(ctx, account),
  ]);
  const id = recordId(ctx, account.id, kind);
  const { perDay } = shown;
  const claim = newClaim(ctx, 'record', account.id, [
    {
      limit: perDay,
      window: 'shanghai_day',
      refusal: (resumesAtMs) => ({ code: 'record.day_limit', limit: perDay, resumesAtMs }),
    },
  ]);
  const nowMs = ctx.now();
  const asking = db
    .select({ id: recordTable.id })
    .from(recordTable)
    .where(and(eq(recordTable.id, id), isAsking(nowMs)));
  const [, , , attestations] = await commitClaims(
    ctx,
    [claim, newClaim(ctx, 'record.asked', account.id, [askedPerDay])],
    [
      guard(db, hasRecordConsent(ctx, account.id), { code: 'consent.required' }),
      guard(db, sql`not exists ${asking}`, { code: 'record.in_progress' }),
      db
        .insert(recordTable)
        .values({
          id,
          accountId: account.id,
          portal: portal.id,
          kind,
          askId: claim.id,
          askedAtMs: nowMs,
          keyId: currentKeyId(ctx),
        })
        .onConflictDoUpdate({
          target: recordTable.id,
          set: { askId: claim.id, askedAtMs: nowMs },
        }),
      db
        .select({ id: attestationTable.id, numberSealed: attestationTable.numberSealed })
        .from(attestationTable)
        .where(
          and(
            eq(attestationTable.accountId, account.id),
            isNotNull(attestationTable.numberSealed),
            isNull(attestationTable.revokedAtMs),
          ),
        ),
    ],
  );
  const attested = await Promise.all(
    attestations.map((each) =>
      open<string>(ctx, placeOf(attestationTable.numberSealed, each.id), each.numberSealed ?? ''),
    ),
  );
  const answers = await Promise.all(
    numbersOf(identity, profile, attested).map(async (number) => {
      const answer = await source.findRecords({ kind, name: identity.name, number });
      // a number that was only typed may be another person's, of whom nothing is said.
      const isTheirs = number === identity.number || attested.includes(number);
      return answer.outcome === 'mismatched' && !isTheirs
        ? { ...answer, outcome: 'not_found' as const }
        : answer;
    }),
  );
  const { outcome, records, availableFrom } = findingOf(answers);
  const isReached = outcome !== 'unreachable';
  const answer: StoredAnswer = { records, availableFrom };
  await commit(db, [
    // Withdrawn while the authority was asked, the consent does not cover the answer.
    guard(db, hasRecordConsent(ctx, account.id), { code: 'consent.required' }),
    db
      .update(recordTable)
      .set({
        askId: null,
        outcome,
        ...(isReached
          ? {
              answerSealed: await seal(ctx, placeOf(recordTable.answerSealed, id), answer),
              answerOutcome: outcome,
              answeredAtMs: ctx.now(),
              about: account.identityVersion,
              // What is bound beside it stays as it was sealed.
              keyId: sql`case when ${recordTable.boundSealed} is null or ${recordTable.keyId} = ${currentKeyId(ctx)} then ${currentKeyId(ctx)} else ${mixedKeys} end`,
            }
          : {}),
      })
      .where(and(eq(recordTable.id, id), eq(recordTable.askId, claim.id))),
    guard(db, hasWritten, { code: 'request.stale' }),
    record(ctx, `record.${outcome}`, account.id, {
      kind,
      rawCode: answers.map(({ rawCode }) => rawCode).join(' '),
    }),
    ...(isReached ? [] : [release(db, claim.id, outcome)]),
  ]);
  return { outcome };
}

/** The job: questions whose asker died are ended, and the try given back. Returns how many were ended. */
export const settleRecords = (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  turn: Turn = untilDone,
): Promise<number> =>
  workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ id: recordTable.id, askId: recordTable.askId })
        .from(recordTable)
        .where(
          and(
            isNotNull(recordTable.askId),
            // What was asked in the future was asked by a clock that was wrong.
            notBetween(recordTable.askedAtMs, now() - abandonedAfterMs, now() + abandonedAfterMs),
            notInArray(recordTable.id, [...leftIds]),
          ),
        )
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: ({ id, askId }) =>
      unlessStale(
        commit(db, [
          db
            .update(recordTable)
            .set({ askId: null, outcome: 'unreachable' })
            .where(and(eq(recordTable.id, id), eq(recordTable.askId, askId ?? ''))),
          guard(db, hasWritten, { code: 'request.stale' }),
          release(db, askId ?? '', 'unreachable'),
        ]),
      ),
  });
