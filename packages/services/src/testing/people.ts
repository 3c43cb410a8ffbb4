import type { Citizen } from '@shiming/sandbox';
import { signIn } from '../login/sign-in.ts';
import { saveProfile } from '../profile/save.ts';
import type { Ctx } from '../context.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { saveDocument } from '../registration/save-document.ts';
import { savePassword } from '../registration/save-password.ts';
import { sendCode } from '../registration/send-code.ts';
import { submitRegistration } from '../registration/submit.ts';
import { authenticate, type SignedIn } from '../session/session.ts';
import { documentAnswersOf, testPassword, type TestWorld } from './world.ts';
import { giveTestTicket } from './tickets.ts';

/** A registration up to the page with the code; the code is on the citizen's phone. */
export async function registerUntilCode(world: TestWorld, citizen: Citizen, ctx: Ctx) {
  const { token } = await saveDocument(ctx, null, documentAnswersOf(citizen));
  if (token === null) throw new Error('the registration did not begin');
  await savePassword(ctx, token, { password: testPassword, passwordAgain: testPassword });
  const delivery = await sendCode(ctx, token, {
    email: 'someone@example.com',
    mobile: citizen.mobile,
    ticket: await giveTestTicket(ctx, 'register'),
  });
  return { token, delivery, code: world.sandbox.phone.lastCode(citizen.mobile) ?? '' };
}

/** A registered citizen, signed in as after the last page. */
export async function register(world: TestWorld, citizen: Citizen): Promise<Applicant> {
  const ctx = world.ctx();
  const { token, code } = await registerUntilCode(world, citizen, ctx);
  await proveContact(ctx, token, { code });
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  return applicantOf(world, sessionToken);
}

export type Applicant = { ctx: Ctx; signedIn: SignedIn; sessionToken: string };

/** The holder of a session, as the API makes it of the cookie. */
export async function applicantOf(world: TestWorld, sessionToken: string): Promise<Applicant> {
  const signedIn = await authenticate(world.ctx(), sessionToken);
  if (signedIn === null) throw new Error('the session is not one');
  const { account, sessionId } = signedIn;
  const ctx = world.ctx({ actor: { type: 'applicant', accountId: account.id, sessionId } });
  return { ctx, signedIn, sessionToken };
}

/** A registered citizen whose profile is complete. */
export async function registerCompletely(world: TestWorld, citizen: Citizen): Promise<Applicant> {
  const { ctx, signedIn, sessionToken } = await register(world, citizen);
  await saveProfile(ctx, signedIn, {
    ethnicity: '01',
    sex: 'female',
    birthDate: { year: '1990', month: '1', day: '1' },
    localDocumentNumber: citizen.localDocumentNumber ?? '',
    travelPermitNumber: citizen.travelPermitNumber ?? '',
  });
  return applicantOf(world, sessionToken);
}

/** Signs in by number and password, with a fresh ticket. */
export async function signInAs(ctx: Ctx, number: string, password: string) {
  return signIn(ctx, { number, password, ticket: await giveTestTicket(ctx, 'login') });
}
