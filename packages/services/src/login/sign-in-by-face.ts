import { accountTable, commit, guard } from '@shiming/db';
import {
  appErrorIn,
  type FaceOutcome,
  needsGuardian,
  parseSignInNumber,
  type PictureFault,
} from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { type Account, accountRow, findIdentity, isClaimant } from '../account/account.ts';
import { identifierIndexes, openedBy, openedFirst, wasOpenedBy } from '../account/identifiers.ts';
import { agreeTo, hasLiveConsent } from '../account/live-consent.ts';
import { requireActive } from '../account/status.ts';
import { commitClaims, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { accountAttempts, attemptClaims, failureWindowMs, refuseTry } from './attempts.ts';
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
import { begunClaim, requireTick } from '../face/level.ts';
import { hasOwnPassword } from '../face/own-password.ts';

/** The name that is asked about with a number that opens no account: nobody has it. */
const nobody = '无名氏';

/** Hundreds of phones stand behind one address of a carrier. */
const begunPerAddress = 600;

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
  // One that was handed over has no password: it is activated first.
  if (account === undefined || !hasOwnPassword(ctx, account) || isClaimant(account)) return null;
  const identity = await findIdentity(ctx, account);
  const isChild = needsGuardian(ctx.portal, identity?.birthDate ?? null, today(ctx));
  return account.hasConsented === 1 && !isChild ? identity : null;
}

/**
 * E-LOG-01, X-03: signs in by number and face. For a number without an account the authority is asked as well, about a name
 * that nobody has, so both take the same statements and one question; and whatever the authority says of the person, or of
 * the picture, is one refusal. Failures count with those of passwords. A browser that has signed in to the account before knows
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
  const { picture, marks } = await readFrames(ctx, input.frames);
  const isPaid = isHeavy(input.challenge);
  const subject = await subjectOf(ctx, key, isPaid);
  const { mark, held } = await deviceMarks(ctx, number);
  const isKnown = held !== null;
  const indexes = await identifierIndexes(ctx, 'document_number', key);
  const [nameIndex = ''] = indexes;
  const byName = await attemptClaims(ctx, 'login', nameIndex, held, isPaid);
  const opened = openedBy('document_number', indexes);
  const byAccount = await accountAttempts(ctx, { opened, nameIndex, isKnown });
  const claims = [...byName, ...byAccount.claims] as const;
  const [[found]] = await commitClaims(
    ctx,
    [...claims, ...frameClaims(ctx, marks)],
    [
      ctx.db
        .select({
          account: accountRow,
          isUsedUp: byAccount.isUsedUp,
          hasConsented: sql<number>`${hasLiveConsent(ctx, accountTable.id, 'document_number')}`,
        })
        .from(accountTable)
        .where(wasOpenedBy('document_number', indexes))
        .orderBy(openedFirst)
        .limit(1),
      ...(await spendChallenge(ctx, subject, input.challenge.replace(/^heavy\./, ''))),
    ],
  );
  const account = found && { ...found.account, hasConsented: found.hasConsented };
  const holder = await holderOf(ctx, account);
  const reply = await authority.compareFace({ name: nobody, number, ...holder, picture });
  reportUnknown(ctx, reply);
  const { outcome, pictureFault, requestId } = reply;
  const giveBack = (reason: string, wholly: Parameters<typeof releaseAll>[4] = []) =>
    releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, reason, wholly);
  if (outcome === 'unavailable') {
    await giveBack(outcome);
    return { outcome, pictureFault };
  }
  const isRight = outcome === 'matched' && holder !== null && !found?.isUsedUp;
  if (!isRight || account === undefined) {
    if (!isKnown || outcome === 'matched') return refuseTry(ctx, claims[0]);
    await commit(ctx.db, [
      record(ctx, 'login.refused', null),
      ...(outcome === 'picture' ? [giveBack(outcome)] : []),
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
      agreeTo(ctx, account.id, 'face'),
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
