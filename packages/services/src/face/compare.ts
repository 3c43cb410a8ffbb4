import { type Batch, faceCheckTable, guard } from '@shiming/db';
import {
  faceFrameKnownMs,
  type FaceOutcome,
  faceStandsAtMostMs,
  faceStandsMs,
  type Identity,
  isFaceCounted,
  type PictureFault,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
} from '@shiming/domain';
import type { FaceReply } from '@shiming/providers';
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { commitClaims, type Limit, newClaim, release, usedSince } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { abandonedAfterMs } from '../verification/ask.ts';
import { subjectHash } from '../vault/vault.ts';
import { type FaceSubject, facesHere, spendChallenge } from './challenge.ts';
import { readFrames } from './frames.ts';

/** Faces that were given back were compared all the same, and may be billed: so many a person has in a day. */
const askedPerDay: Limit = {
  limit: 15,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** From all places, by all ways but signing in: what the operator pays for a person, and how many faces strangers can try. */
const askedOfPerson: Limit = { ...askedPerDay, limit: 60 };

/** What a person is told of a comparison. */
export type FaceAnswer = {
  outcome: FaceOutcome;
  pictureFault: PictureFault | null;
  isCounted: boolean;
  /** The answer of an earlier picture stands, and nobody was asked. */
  isRemembered: boolean;
  remainingToday: number;
  perDay: number;
  resumesAtMs: number;
};

/** A challenge that was answered. */
export type FaceInput = { challenge: string; frames: readonly string[] };

/** Whose face it is said to be. */
export type FacePerson = Pick<Identity, 'name' | 'number'>;

export type FaceQuestion = FaceSubject & {
  /** The account, or the registration, that it is about. */
  accountId: string;
  person: FacePerson;
  /** What the tries are counted for. */
  countedFor: string;
  about?: string;
  guards: readonly BatchItem<'sqlite'>[];
};

/** A person, for answers that stand. */
export const personHash = (ctx: Ctx, { name, number }: FacePerson): Promise<string> =>
  subjectHash(ctx, 'face', `${number}:${name}`);

/** The claims that no frame was sent before. */
export const frameClaims = (ctx: Ctx, marks: readonly string[]) =>
  marks.map((mark) =>
    newClaim(ctx, 'face.frame', mark, [
      {
        limit: 1,
        window: { lastMs: faceFrameKnownMs },
        refusal: () => ({ code: 'face.frame_repeated' }),
      },
    ]),
  );

/** The statement that finds the newest answers about a person that may stand. */
export const newestAnswers = (ctx: Ctx, person: string) =>
  ctx.db
    .select()
    .from(faceCheckTable)
    .where(
      and(
        eq(faceCheckTable.person, person),
        gt(faceCheckTable.askedAtMs, ctx.now() - faceStandsAtMostMs),
        ne(faceCheckTable.status, 'asked'),
      ),
    )
    .orderBy(desc(faceCheckTable.askedAtMs), desc(faceCheckTable.id))
    .limit(1);

type Answered = Awaited<ReturnType<typeof newestAnswers>>[number];

/** Whether an answer is given again instead of asking. */
export const stands = (ctx: Pick<Ctx, 'now'>, { status, askedAtMs }: Answered): boolean =>
  status !== 'asked' && askedAtMs + faceStandsMs(status) > ctx.now();

/** Reports a code that no row of the vendor's table has: an alarm in a line of its own, without the person. */
export function reportUnknown(ctx: Pick<Ctx, 'defer'>, reply: FaceReply): void {
  if (reply.isKnownCode) return;
  const { provider, rawCode } = reply;
  const logNote = `${provider}: ${rawCode.replaceAll(/[^\w.]/g, '?').slice(0, 60)}`;
  const error = new Error('a code of the face authority is in no table');
  ctx.defer(() => Promise.reject(Object.assign(error, { alarm: 'face_code_unknown', logNote })));
}

/**
 * Compares a face (E-FAC-01): the challenge is spent, the frames are new, and a try is claimed before the authority is asked.
 * An answer about the person that another picture does not change is given again for as long as it stands. `statements`
 * write down what came of it, and give the try back where the fault was not the person's. The picture is in memory alone.
 *
 * @throws AppError face.not_offered, input.invalid, photo.refused, face.frame_repeated, face.challenge_over, face.day_limit,
 * verification.in_progress, request.too_many, and what `guards` refuse with
 */
export async function compareFace(
  ctx: Ctx,
  { accountId, person, countedFor, about, guards, ...subject }: FaceQuestion,
  input: FaceInput,
): Promise<{ id: string; answer: FaceAnswer; statements: Batch }> {
  const { authority, rule } = facesHere(ctx);
  const { shown, marks } = await readFrames(ctx, input);
  const { perDay } = rule;
  const nowMs = ctx.now();
  const dayLimit: Limit = {
    limit: perDay,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'face.day_limit', limit: perDay, resumesAtMs }),
  };
  const attempt = newClaim(ctx, 'face', countedFor, [dayLimit]);
  const hash = await personHash(ctx, person);
  const asked = [
    newClaim(ctx, 'face.asked', hash, [askedOfPerson]),
    newClaim(ctx, 'face.asked', countedFor, [askedPerDay]),
  ] as const;
  const asking = ctx.db
    .select({ id: faceCheckTable.id })
    .from(faceCheckTable)
    .where(
      and(
        eq(faceCheckTable.person, hash),
        eq(faceCheckTable.status, 'asked'),
        gt(faceCheckTable.askedAtMs, nowMs - abandonedAfterMs),
      ),
    );
  const spend = await spendChallenge(ctx, subject, input.challenge);
  const [[used], [before]] = (
    await commitClaims(
      ctx,
      [attempt, ...asked, ...frameClaims(ctx, marks)],
      [
        usedSince(ctx.db, 'face', countedFor, startOfShanghaiDay(nowMs)),
        newestAnswers(ctx, hash),
        guard(ctx.db, sql`not exists ${asking}`, { code: 'verification.in_progress' }),
        ctx.db.insert(faceCheckTable).values({
          id: attempt.id,
          accountId,
          purpose: subject.purpose,
          about: about ?? null,
          person: hash,
          askedAtMs: nowMs,
          status: 'asked',
        }),
        ...guards,
        ...spend,
      ],
    )
  ).slice(0, 2) as [[{ used: number } | undefined], [Answered | undefined]];
  const answerOf = (
    outcome: FaceOutcome,
    pictureFault: PictureFault | null,
    isRemembered: boolean,
  ): FaceAnswer => {
    const isCounted = isFaceCounted(outcome) && !isRemembered;
    return {
      outcome,
      pictureFault,
      isCounted,
      isRemembered,
      remainingToday: Math.max(0, perDay - (used?.used ?? 0) + (isCounted ? 0 : 1)),
      perDay,
      resumesAtMs: startOfNextShanghaiDay(nowMs),
    };
  };
  const thisOne = and(eq(faceCheckTable.id, attempt.id), eq(faceCheckTable.status, 'asked'));
  if (before !== undefined && before.status !== 'asked' && stands(ctx, before)) {
    const answer = answerOf(before.status, null, true);
    return {
      id: before.id,
      answer,
      statements: [
        // No question was asked, so none is on record.
        ctx.db.delete(faceCheckTable).where(thisOne),
        release(ctx.db, attempt.id, 'remembered'),
        ...asked.map(({ id }) => release(ctx.db, id, 'remembered')),
      ],
    };
  }

  const reply = await authority.compareFace({ ...person, ...shown });
  reportUnknown(ctx, reply);
  const { outcome, pictureFault, provider, rawCode, requestId, score, model } = reply;
  const answer = answerOf(outcome, pictureFault, false);
  return {
    id: attempt.id,
    answer,
    statements: [
      ctx.db
        .update(faceCheckTable)
        .set({
          status: outcome,
          pictureFault,
          endedAtMs: ctx.now(),
          provider,
          rawCode,
          vendorRequestId: requestId,
          score,
          model,
        })
        .where(thisOne),
      record(ctx, actionOf(outcome), accountId, {
        purpose: subject.purpose,
        outcome,
        provider,
        rawCode,
      }),
      ...(answer.isCounted ? [] : [release(ctx.db, attempt.id, outcome)]),
    ],
  };
}

function actionOf(outcome: FaceOutcome) {
  if (outcome === 'matched') return 'face.matched';
  return outcome === 'unavailable' ? 'face.unavailable' : 'face.not_matched';
}
