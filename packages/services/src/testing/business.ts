import { appErrorIn, businessPortal } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { inPortal } from '../context.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { saveDocument } from '../registration/save-document.ts';
import { savePassword } from '../registration/save-password.ts';
import { sendCode } from '../registration/send-code.ts';
import { submitRegistration } from '../registration/submit.ts';
import { verifyRegistration } from '../registration/verify.ts';
import { giveTestTicket } from './tickets.ts';
import { documentAnswersOf, testPassword, type TestWorld } from './world.ts';

/** A registration at the business portal up to its check. `onRefused` is given what is said once the mobile is proved. */
export async function untilBusinessCheck(
  world: TestWorld,
  citizen: Citizen,
  onRefused?: (code: string) => void,
): Promise<string> {
  const ctx = inPortal(world.ctx(), businessPortal.id);
  const { token } = await saveDocument(ctx, null, documentAnswersOf(citizen));
  if (token === null) throw new Error('the registration did not begin');
  const ticket = await giveTestTicket(ctx, 'register');
  await sendCode(ctx, token, { email: '', mobile: citizen.mobile, ticket });
  const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  await proveContact(ctx, token, { code }).catch((error: unknown) => {
    const refusal = appErrorIn(error);
    if (onRefused === undefined || refusal === null) throw error;
    onRefused(refusal.data.code);
  });
  await savePassword(ctx, token, { password: testPassword, passwordAgain: testPassword });
  return token;
}

/** A registration of somebody whom the authority confirms; answers the cookie of the session. */
export async function registerAtBusiness(world: TestWorld, citizen: Citizen): Promise<string> {
  const ctx = inPortal(world.ctx(), businessPortal.id);
  const token = await untilBusinessCheck(world, citizen);
  const { step } = await verifyRegistration(ctx, token);
  if (step !== 'check') throw new Error(`${citizen.name} was not confirmed`);
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  return sessionToken;
}
