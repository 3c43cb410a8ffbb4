import { type Batch, commit, guard, hasWritten, matterTable } from '@shiming/db';
import {
  accept,
  AppError,
  collect,
  type MatterProof,
  matterStatusAt,
  meetsLevel,
  parseCodeAnswers,
  refuse,
  together,
} from '@shiming/domain';
import { and, eq, gt } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend, withRightCode } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { spendShownFace } from '../face/shown.ts';
import { proofCode } from '../proof/proof.ts';
import { tryPassword } from '../proof/try-password.ts';
import type { SignedIn } from '../session/session.ts';
import { isOfHolder } from './matter.ts';
import { ageNeeded, mayAuthorise } from './own.ts';
import { tellOfAuthorisation } from './tell.ts';

type MatterAnswer = {
  matterId: string;
  answer: 'yes' | 'no';
  by: MatterProof;
  password: string;
  code: string;
};

/**
 * The person answers one matter, under the password and a code that are given with the answer, or a face that was shown for
 * this matter: a session alone, or one that was proved before, does not do. Code and face are spent with the answer, so each
 * matter takes a proof of its own. A yes has a receipt.
 *
 * @throws AppError input.invalid, request.not_found, service.not_verified, authorisation.under_age, matter.over,
 * proof.required where no face was shown, login.locked, request.too_many, code.wrong, code.expired, code.tries_used_up
 */
export async function answerMatter(
  ctx: Ctx,
  signedIn: SignedIn,
  input: MatterAnswer,
): Promise<void> {
  const { portal, db } = ctx;
  const { account, level } = signedIn;
  const { matterId, answer, by } = input;
  refuseUnless(portal.authorisation !== null, { code: 'request.not_found' });
  refuseUnless(meetsLevel(level, portal.authorisation.level), { code: 'service.not_verified' });
  const fromAge = await ageNeeded(ctx, signedIn);
  if (fromAge !== null) throw new AppError({ code: 'authorisation.under_age', fromAge });
  const typed = by === 'face' ? null : typedProof(ctx, input);
  const isThis = and(
    eq(matterTable.id, matterId),
    eq(matterTable.portal, portal.id),
    await isOfHolder(ctx, account),
  );
  const [matter] = await db.select().from(matterTable).where(isThis);
  const waits = matter !== undefined && matterStatusAt(matter, ctx.now()) === 'waiting';
  refuseUnless(waits, { code: 'matter.over' });
  const keep = async (proof: Readonly<Batch>) => {
    const nowMs = ctx.now();
    await commit(db, [
      ...proof,
      guard(db, mayAuthorise(ctx, account.id), { code: 'service.not_verified' }),
      db
        .update(matterTable)
        .set({
          status: answer,
          endedAtMs: nowMs,
          accountId: account.id,
          receipt: ctx.crypto.randomToken(16),
          provedBy: by,
        })
        .where(and(isThis, eq(matterTable.status, 'waiting'), gt(matterTable.expiresAtMs, nowMs))),
      guard(db, hasWritten, { code: 'matter.over' }),
      record(ctx, 'matter.answered', account.id, { answer, by, office: matter.office }),
      ...(answer === 'yes'
        ? await tellOfAuthorisation(ctx, account, 'matter_agreed', { office: matter.office })
        : []),
    ]);
  };
  if (typed === null) return keep(spendShownFace(ctx, account.id, matterId));
  const codeId = await tryPasswordAndCode(ctx, signedIn, typed);
  return withRightCode(ctx, codeId, () =>
    keep(spend(db, codeId, ctx.now(), { code: 'code.expired' })),
  );
}

/** @throws AppError input.invalid */
function typedProof({ portal }: Ctx, input: Pick<MatterAnswer, 'password' | 'code'>) {
  const { sms, mail } = portal.codes;
  const password =
    input.password === '' ? refuse('password.missing') : accept<string>(input.password);
  return accepted(together(collect({ password }), parseCodeAnswers(input, sms, mail)));
}

/**
 * Tries the password, then the code of the session; each try is counted before it is compared. Returns the id of the code.
 *
 * @throws AppError input.invalid, login.locked, request.too_many, code.wrong, code.expired, code.tries_used_up
 */
async function tryPasswordAndCode(
  ctx: Ctx,
  signedIn: SignedIn,
  { password, code }: { password: string; code: string },
): Promise<string> {
  const { account } = signedIn;
  const { isRight, giveBack } = await tryPassword(ctx, account, password);
  if (!isRight) {
    await commit(ctx.db, [record(ctx, 'proof.refused', account.id, { by: 'password' })]);
    throw new AppError({ code: 'input.invalid', fields: { password: 'password.wrong' } });
  }
  const binding = proofCode(signedIn);
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, binding, ctx.now()), giveBack]);
  return judgeTry(ctx, binding, tried, code);
}
