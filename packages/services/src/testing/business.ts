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
  return token;
}

/** The password of a registration at the business portal, which is chosen once the person was checked. */
export const saveTestPassword = (world: TestWorld, token: string) =>
  savePassword(inPortal(world.ctx(), businessPortal.id), token, {
    password: testPassword,
    passwordAgain: testPassword,
  });

/** A registration of somebody whom the authority confirms; answers the cookie of the session. */
export async function registerAtBusiness(world: TestWorld, citizen: Citizen): Promise<string> {
  const ctx = inPortal(world.ctx(), businessPortal.id);
  const token = await untilBusinessCheck(world, citizen);
  const { step } = await verifyRegistration(ctx, token);
  if (step !== 'password') throw new Error(`${citizen.name} was not confirmed`);
  await saveTestPassword(world, token);
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  return sessionToken;
}
