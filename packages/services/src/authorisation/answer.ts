import { commit, guard, hasWritten, matterTable } from '@shiming/db';
import {
  accept,
  AppError,
  collect,
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
import { proofCode } from '../proof/proof.ts';
import { tryPassword } from '../proof/try-password.ts';
import type { SignedIn } from '../session/session.ts';
import { isOfHolder } from './matter.ts';
import { ageNeeded, mayAuthorise } from './own.ts';
import { tellOfAuthorisation } from './tell.ts';

/**
 * The person answers one matter, under the password and a code that are given with the answer: a session alone, or one that was
 * proved before, does not do. The code is spent with the answer, so each matter takes a proof of its own. A yes has a receipt.
 *
 * @throws AppError input.invalid, request.not_found, service.not_verified, authorisation.under_age, matter.over,
 * login.locked, request.too_many, code.wrong, code.expired, code.tries_used_up
 */
export async function answerMatter(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { matterId: string; answer: 'yes' | 'no'; password: string; code: string },
): Promise<void> {
  const { portal, db } = ctx;
  const { account, level } = signedIn;
  const { matterId, answer, password } = input;
  refuseUnless(portal.authorisation !== null, { code: 'request.not_found' });
  refuseUnless(meetsLevel(level, portal.authorisation.level), { code: 'service.not_verified' });
  const fromAge = await ageNeeded(ctx, signedIn);
  if (fromAge !== null) throw new AppError({ code: 'authorisation.under_age', fromAge });
  const { sms, mail } = portal.codes;
  const { code } = accepted(
    together(
      collect({ password: password === '' ? refuse('password.missing') : accept(password) }),
      parseCodeAnswers(input, sms, mail),
    ),
  );
  const isThis = and(
    eq(matterTable.id, matterId),
    eq(matterTable.portal, portal.id),
    await isOfHolder(ctx, account),
  );
  const [matter] = await db.select().from(matterTable).where(isThis);
  const waits = matter !== undefined && matterStatusAt(matter, ctx.now()) === 'waiting';
  refuseUnless(waits, { code: 'matter.over' });
  const { isRight, giveBack } = await tryPassword(ctx, account, password);
  if (!isRight) {
    await commit(db, [record(ctx, 'proof.refused', account.id, { by: 'password' })]);
    throw new AppError({ code: 'input.invalid', fields: { password: 'password.wrong' } });
  }
  const binding = proofCode(signedIn);
  const [[tried]] = await commit(db, [countTry(db, binding, ctx.now()), giveBack]);
  const codeId = await judgeTry(ctx, binding, tried, code);
  const nowMs = ctx.now();
  await withRightCode(ctx, codeId, async () =>
    commit(db, [
      ...spend(db, codeId, nowMs, { code: 'code.expired' }),
      guard(db, mayAuthorise(ctx, account.id), { code: 'service.not_verified' }),
      db
        .update(matterTable)
        .set({
          status: answer,
          endedAtMs: nowMs,
          accountId: account.id,
          receipt: ctx.crypto.randomToken(16),
          provedBy: 'password_and_code',
        })
        .where(and(isThis, eq(matterTable.status, 'waiting'), gt(matterTable.expiresAtMs, nowMs))),
      guard(db, hasWritten, { code: 'matter.over' }),
      record(ctx, 'matter.answered', account.id, { answer, office: matter.office }),
      ...(answer === 'yes'
        ? await tellOfAuthorisation(ctx, account, 'matter_agreed', { office: matter.office })
        : []),
    ]),
  );
}
