import { accountTable, commit, guard } from '@shiming/db';
import {
  appErrorIn,
  type FaceOutcome,
  isFaceCounted,
  needsGuardian,
  parseSignInNumber,
  type PictureFault,
} from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { type Account, accountRow, findIdentity, isClaimant } from '../account/account.ts';
import { identifierIndexes, openedBy, openedFirst, wasOpenedBy } from '../account/identifiers.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { requireActive } from '../account/status.ts';
import { commitClaims, type Limit, newClaim, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import {
  accountAttempts,
  attemptClaims,
  failureWindowMs,
  isUsedUp,
  refuseTry,
} from './attempts.ts';
import { deviceMarks } from './device-mark.ts';
import { notify } from '../notice/notify.ts';
import { isHeavy, spendTicket } from '../puzzle/puzzle.ts';
import { endHeldSession, newSession } from '../session/session.ts';
import { subjectHash } from '../vault/vault.ts';
import {
  type FaceChallenge,
  facesHere,
  type FaceSubject,
  giveChallenge,
  spendChallenge,
} from '../face/challenge.ts';
import { type FaceInput, type FacePerson, frameClaims, reportUnknown } from '../face/compare.ts';
import { readFrames } from '../face/frames.ts';
import { agreeToFace, requireTick } from '../face/consent.ts';
import { begunClaim } from '../face/level.ts';
import { hadOwnPassword } from '../face/own-password.ts';

/** The name that is asked about with a number that opens no account: nobody has it. */
const nobody = '无名氏';

/** Hundreds of phones stand behind one address of a carrier. */
const begunPerAddress = 600;

/**
 * Strangers are refused a whole multiple of this after the question was asked: an authority that knows from the name alone
 * that it does not match answers sooner than one that compares, which would tell whether there is an account.
 */
const refusedEveryMs = 3_000;

const tooMany = (retryAtMs: number) => ({ code: 'request.too_many', retryAtMs }) as const;

/** Questions about one number from one place that did not sign in, in a day. */
const askedHere: Limit = { limit: 15, window: 'shanghai_day', refusal: tooMany };

/**
 * The operator pays for every question, and a face that is not the person's is guessed at no other price. So what strangers
 * ask without signing in is bounded for one number, from one address and in all. The number is the same whether it has an
 * account or not. A browser that has signed in before is bound by none of these, and nobody who signs in by password is.
 */
const askedByStrangers = {
  number: {
    limit: 60,
    window: 'shanghai_day',
    refusal: (retryAtMs) => ({ code: 'login.strangers_locked', retryAtMs }),
  },
  address: { limit: 120, window: { lastMs: 3_600_000 }, refusal: tooMany },
  all: { limit: 2_000, window: { lastMs: 3_600_000 }, refusal: tooMany },
} as const satisfies Record<string, Limit>;

/** The claims of one question. They come back where it signs in, or could not be answered. */
async function questionClaims(ctx: Ctx, nameIndex: string, held: string | null) {
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  // Keyed hashes already, so joining them tells nobody whose they are.
  const here = newClaim(ctx, 'face.asked', `${nameIndex}:${held ?? address}`, [askedHere]);
  if (held !== null) return [here];
  const { number, address: ofAddress, all } = askedByStrangers;
  return [
    here,
    newClaim(ctx, 'face.strangers', nameIndex, [number]),
    newClaim(ctx, 'face.strangers', address, [ofAddress]),
    newClaim(ctx, 'face.strangers', 'all', [all]),
  ];
}

/** A number in one browser, with the weight of the work that was done for it. */
async function subjectOf(ctx: Ctx, number: string, isPaid: boolean): Promise<FaceSubject> {
  const hash = await subjectHash(ctx, 'face.sign_in', number);
  return {
    purpose: 'sign_in',
    subject: `${hash}:${ctx.visitor.deviceId}:${isPaid ? 'heavy' : 'light'}`,
  };
}

const numberOf = (ctx: Ctx, typed: string) =>
  accepted(parseSignInNumber(typed, today(ctx), ctx.portal), 'name');

/**
 * E-LOG-01: begins to sign in by number and face. A number without an account gets a challenge, too.
 *
 * @throws AppError face.not_offered, input.invalid, puzzle.ticket_refused, request.too_many
 */
export async function beginFaceSignIn(
  ctx: Ctx,
  input: { name: string; ticket: string; hasAgreed: boolean },
): Promise<FaceChallenge> {
  facesHere(ctx);
  requireTick(input.hasAgreed);
  const { key } = numberOf(ctx, input.name);
  const isPaid = isHeavy(input.ticket);
  const { given, statements } = await giveChallenge(ctx, await subjectOf(ctx, key, isPaid));
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  await commitClaims(
    ctx,
    [begunClaim(ctx, address, begunPerAddress)],
    [...(await spendTicket(ctx, 'login', input.ticket)), ...statements],
  );
  return isPaid ? { ...given, challenge: `heavy.${given.challenge}` } : given;
}

/** What came of it: a session, or what may be told without saying whether there is an account. */
export type FaceSignIn =
  | { outcome: 'matched'; sessionToken: string; deviceMark: string }
  | { outcome: Exclude<FaceOutcome, 'matched'>; pictureFault: PictureFault | null };

/** Whose face is asked about: the account's holder, where the account can be signed in to by face. */
async function holderOf(
  ctx: Ctx,
  account: (Account & { hasConsented: number }) | undefined,
): Promise<FacePerson | null> {
  // One that was handed over never had a password: it is activated first.
  if (account === undefined || !hadOwnPassword(ctx, account) || isClaimant(account)) return null;
  const identity = await findIdentity(ctx, account);
  const isChild = needsGuardian(ctx.portal, identity?.birthDate ?? null, today(ctx));
  return account.hasConsented === 1 && !isChild ? identity : null;
}

/**
 * E-LOG-01, X-03: signs in by number and face. For a number without an account the authority is asked as well, about a name
 * that nobody has, so both take the same statements and one question; and whatever the authority says once it may have found
 * the person is one refusal. What is wrong with the pictures before that is told, and costs no try. Failures count with those of passwords, and questions by themselves. A browser that has signed in to the account before knows
 * that there is one, and is told which failure it was. The session is that of a sign-in by password.
 *
 * @throws AppError face.not_offered, input.invalid, photo.refused, face.frame_repeated, face.challenge_over, login.refused,
 * login.locked, login.strangers_locked, puzzle.work_required, request.too_many, account.suspended, account.closed
 */
export async function signInByFace(
  ctx: Ctx,
  input: { name: string } & FaceInput,
): Promise<FaceSignIn> {
  const { authority } = facesHere(ctx);
  const { number, key } = numberOf(ctx, input.name);
  const isPaid = isHeavy(input.challenge);
  const challenge = input.challenge.replace(/^heavy\./, '');
  const { shown, marks } = await readFrames(ctx, { challenge, frames: input.frames });
  const subject = await subjectOf(ctx, key, isPaid);
  const { mark, held } = await deviceMarks(ctx, number);
  const isKnown = held !== null;
  const indexes = await identifierIndexes(ctx, 'document_number', key);
  const [nameIndex = ''] = indexes;
  const byName = await attemptClaims(ctx, 'login', nameIndex, held, isPaid);
  const opened = openedBy('document_number', indexes);
  const byAccount = await accountAttempts(ctx, { opened, nameIndex, isKnown });
  const tries = [...byName, ...byAccount.claims] as const;
  const claims = [...tries, ...(await questionClaims(ctx, nameIndex, held))] as const;
  const [[found]] = await commitClaims(
    ctx,
    [...claims, ...frameClaims(ctx, marks)],
    [
      ctx.db
        .select({
          account: accountRow,
          isUsedUp: isUsedUp(isKnown, byAccount.counted),
          hasConsented: sql<number>`${hasLiveConsent(ctx, accountTable.id, 'document_number')}`,
        })
        .from(accountTable)
        .where(wasOpenedBy('document_number', indexes))
        .orderBy(openedFirst)
        .limit(1),
      ...(await spendChallenge(ctx, subject, challenge)),
    ],
  );
  const account = found && { ...found.account, hasConsented: found.hasConsented };
  const holder = await holderOf(ctx, account);
  const askedAtMs = ctx.now();
  const reply = await authority.compareFace({ name: nobody, number, ...holder, ...shown });
  reportUnknown(ctx, reply);
  const { outcome, pictureFault, requestId } = reply;
  const sinceMs = ctx.now() - failureWindowMs;
  const giveBack = (reason: string, wholly: Parameters<typeof releaseAll>[4] = []) =>
    releaseAll(ctx.db, claims, sinceMs, reason, wholly);
  // What the vendor says once it has found the person would tell a stranger that there is an account.
  const isTold =
    isKnown || (!reply.mayFollowRegister && (outcome === 'unavailable' || outcome === 'picture'));
  if (outcome === 'unavailable' && isTold) {
    await giveBack(outcome);
    return { outcome, pictureFault };
  }
  const isRight = outcome === 'matched' && holder !== null && !found?.isUsedUp;
  if (!isRight || account === undefined) {
    if (!isKnown) {
      await ctx.pause(refusedEveryMs - ((ctx.now() - askedAtMs) % refusedEveryMs));
    }
    if (!isTold || outcome === 'matched') return refuseTry(ctx, claims[0]);
    await commit(ctx.db, [
      record(ctx, 'login.refused', null),
      ...(isFaceCounted(outcome) ? [] : [releaseAll(ctx.db, tries, sinceMs, outcome, [])]),
    ]);
    return { outcome, pictureFault };
  }
  const all = [byName[0], byAccount.failuresOf(account.id)];
  if (account.status !== 'active') {
    await giveBack('not_active', all);
    requireActive(account);
  }
  const session = await newSession(ctx, account.id, { isProved: true });
  const refusal = { code: 'login.refused', triesLeft: 0 } as const;
  const unchanged = sql`exists (select 1 from ${accountTable} where ${eq(accountTable.id, account.id)} and ${accountTable.status} = 'active' and ${eq(accountTable.identityVersion, account.identityVersion)})`;
  try {
    await commit(ctx.db, [
      guard(ctx.db, unchanged, refusal),
      ...(await endHeldSession(ctx)),
      session.statement,
      giveBack('signed_in', all),
      ...agreeToFace(ctx, account.id),
      record(ctx, 'login.signed_in', account.id, {
        isKnownDevice: isKnown,
        by: 'face',
        vendorRequestId: requestId,
      }),
      ...(isKnown ? [] : await notify(ctx, account, 'new_device', { device: ctx.visitor.label })),
    ]);
  } catch (error) {
    if (appErrorIn(error)?.data === refusal) return refuseTry(ctx, claims[0]);
    throw error;
  }
  return { outcome, sessionToken: session.token, deviceMark: mark };
}
