import { commit } from '@shiming/db';
import { codeRulesOf, parseCodeAnswers } from '@shiming/domain';
import { guardUnbound } from '../wechat/binding.ts';
import { countTry, judgeTry, spend, useGiven, withRightCode } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { splitToken } from '../session/bearer.ts';
import { refuseTaken, takenQueries } from './number-taken.ts';
import { openIdGiven, scannedScenes } from '../wechat/scene.ts';
import {
  activationLink,
  codeBinding,
  openRegistration,
  registrationById,
  requireStep,
  saveStep,
} from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-12, T-REG-13: the try is counted, then compared. A phone or a WeChat that is proved may be told that the
 * number of the document has an account already (T-REG-16), and not before. A WeChat of another account is refused
 * (T-REG-13a).
 *
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, registration.number_taken, registration.to_be_activated,
 * registration.contact_taken,
 * wechat.bound_elsewhere, registration.not_started, registration.out_of_order
 */
export async function proveContact(
  ctx: Ctx,
  token: string | null,
  input: { code: string },
): Promise<RegistrationView> {
  const parsed = accepted(parseCodeAnswers(input, ...codeRulesOf(ctx.portal, 'code')));
  const { id, secret } = splitToken(token) ?? { id: '', secret: '' };
  const binding = codeBinding({ id });
  const [[row], [tried], scenes] = await commit(ctx.db, [
    registrationById(ctx, id),
    countTry(ctx.db, binding, ctx.now()),
    scannedScenes(ctx, 'registration', id),
  ]);
  const registration = await openRegistration(ctx, row, secret);
  refuseUnless(registration !== null, { code: 'registration.not_started' });
  requireStep(ctx, registration, 'code');
  const codeId = await judgeTry(ctx, binding, tried, parsed.code);

  const openId = await openIdGiven(ctx, scenes, codeId);
  const { after, statements } = await saveStep(ctx, registration, 'code', { openId });
  const [used, standing, scene, checks, ofNumber, ofContact] = await withRightCode(
    ctx,
    codeId,
    async () =>
      commit(ctx.db, [
        ...(await besideDraft(ctx, after)),
        ...(await takenQueries(ctx, after)),
        ...(await guardUnbound(ctx, null, openId)),
        ...spend(ctx.db, codeId, ctx.now(), { code: 'code.expired' }),
        useGiven(ctx, activationLink(after.id)),
        ...statements,
      ]),
  );
  refuseUnless(ofContact.length === 0, { code: 'registration.contact_taken' });
  refuseTaken(ofNumber);
  return viewRegistration(ctx, after, besideIn(ctx, after, [used, standing, scene, checks]));
}
