import { type Citizen, citizens } from '@shiming/sandbox';
import { commit, identifierTable } from '@shiming/db';
import { type Contact, contactKinds } from '@shiming/domain';
import { createAccounts, prepareAccount } from '../account/create.ts';
import { isIdentifier } from '../account/identifiers.ts';
import { signIn } from '../login/sign-in.ts';
import { saveProfile } from '../profile/save.ts';
import { type Ctx, inPortal } from '../context.ts';
import { identify } from '../recovery/identify.ts';
import { sendRecoveryCode } from '../recovery/send-code.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { saveDocument } from '../registration/save-document.ts';
import { savePassword } from '../registration/save-password.ts';
import { sendCode } from '../registration/send-code.ts';
import { submitRegistration } from '../registration/submit.ts';
import { authenticate, newSession, type SignedIn } from '../session/session.ts';
import { documentAnswersOf, testPassword, type TestWorld } from './world.ts';
import { giveTestTicket } from './tickets.ts';

export const testEmail = 'someone@example.com';

/** The citizen of the sandbox with this name. */
export function citizenNamed(name: string): Citizen {
  const citizen = citizens.find((each) => each.name === name);
  if (citizen === undefined) throw new Error(`there is no ${name}`);
  return citizen;
}

// Hashing is by far the most of a registration's cost, and of one password any hash will do.
let hashed: Promise<string> | null = null;

/** A registration up to the page with the contact. */
export async function registerUntilContact(
  ctx: Ctx,
  citizen: Citizen,
  guardianCode?: string,
): Promise<string> {
  const { token } = await saveDocument(ctx, null, { ...documentAnswersOf(citizen), guardianCode });
  if (token === null) throw new Error('the registration did not begin');
  const hasher = {
    ...ctx.hasher,
    hash: (password: string) => (hashed ??= ctx.hasher.hash(password)),
  };
  const answers = { password: testPassword, passwordAgain: testPassword };
  await savePassword({ ...ctx, hasher }, token, answers);
  return token;
}

/** Asks for a code with a fresh ticket. */
export async function askForCode(ctx: Ctx, token: string, mobile: string) {
  const ticket = await giveTestTicket(ctx, 'register');
  const { outcome, registration } = await sendCode(ctx, token, {
    email: testEmail,
    mobile,
    ticket,
  });
  return { outcome, ...registration };
}

/** A registration up to the page with the code; the code is on the citizen's phone. */
export async function registerUntilCode(
  world: TestWorld,
  citizen: Citizen,
  ctx: Ctx,
  guardianCode?: string,
) {
  const token = await registerUntilContact(ctx, citizen, guardianCode);
  const delivery = await askForCode(ctx, token, citizen.mobile);
  return { token, delivery, code: world.sandbox.phone.lastCode(citizen.mobile) ?? '' };
}

/** A registration up to the page where everything is checked and sent off. */
export async function registerUntilReview(
  world: TestWorld,
  citizen: Citizen,
  ctx = world.ctx(),
  guardianCode?: string,
) {
  const { token, code } = await registerUntilCode(world, citizen, ctx, guardianCode);
  await proveContact(ctx, token, { code });
  return token;
}

/** A registered citizen, signed in as after the last page, whose mail address is as given: nobody has proved it. */
export async function registerUnproved(world: TestWorld, citizen: Citizen): Promise<Applicant> {
  const ctx = world.ctx();
  const token = await registerUntilReview(world, citizen, ctx);
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  return applicantOf(world, sessionToken);
}

/** The holder of an account without an identity, signed in: only the contacts that are named, each proved. */
export async function registerWithoutIdentity(
  world: TestWorld,
  contact: Partial<Contact>,
  portal?: string,
): Promise<Applicant> {
  const ctx = inPortal(world.ctx(), portal ?? world.ctx().portal.id);
  const provedAtMs = world.nowMs();
  const id = ctx.crypto.randomToken(12);
  const account = await prepareAccount(ctx, {
    id,
    portal: ctx.portal.id,
    identity: null,
    contact: Object.fromEntries(
      contactKinds
        .filter((kind) => contact[kind] !== undefined)
        .map((kind) => {
          const signsIn = ctx.portal.signInWith.includes(kind);
          return [kind, { value: contact[kind] ?? '', provedAtMs, signsIn }];
        }),
    ),
    passwordHash: await (hashed ??= ctx.hasher.hash(testPassword)),
    createdAtMs: provedAtMs,
  });
  const session = await newSession(ctx, id, { isProved: true });
  await commit(ctx.db, [...createAccounts(ctx, [account]), session.statement]);
  return applicantOf(world, session.token);
}

/** A registered citizen, signed in as after the last page, who has proved the mail address meanwhile. */
export async function register(world: TestWorld, citizen: Citizen): Promise<Applicant> {
  const ctx = { ...world.ctx(), defer: () => {} };
  const token = await registerUntilReview(world, citizen, ctx);
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  const { id } = (await applicantOf(world, sessionToken)).signedIn.account;
  await setEmailProved(world, id, world.nowMs());
  return applicantOf(world, sessionToken);
}

/** Sets when the holder of an account proved its mail address; `null`: never. */
export async function setEmailProved(
  world: TestWorld,
  accountId: string,
  provedAtMs: number | null,
): Promise<void> {
  await world
    .ctx()
    .db.update(identifierTable)
    .set({ provedAtMs })
    .where(isIdentifier(accountId, 'email'));
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

/** Sex and birth date: as the number of a 居住证 says, for every other document the same. */
export function bornOf({ documentType, number }: Pick<Citizen, 'documentType' | 'number'>) {
  if (documentType !== 'hmt_residence_permit')
    return { sex: 'female', birthDate: { year: '1990', month: '1', day: '1' } };
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  return { sex: Number(number[16]) % 2 === 1 ? 'male' : 'female', birthDate: { year, month, day } };
}

/** What a citizen of the sandbox would type on the profile page. */
export function profileAnswersOf(citizen: Citizen) {
  return {
    ethnicity: '01',
    ...bornOf(citizen),
    localDocumentNumber: citizen.localDocumentNumber ?? '',
    travelPermitNumber: citizen.travelPermitNumber ?? '',
  };
}

/** A registered citizen whose profile is complete. */
export async function registerCompletely(world: TestWorld, citizen: Citizen): Promise<Applicant> {
  const { ctx, signedIn, sessionToken } = await register(world, citizen);
  await saveProfile(ctx, signedIn, profileAnswersOf(citizen));
  return applicantOf(world, sessionToken);
}

/** Signs in by number and password, with a fresh ticket. */
export async function signInAs(ctx: Ctx, number: string, password: string) {
  return signIn(ctx, { name: number, password, ticket: await giveTestTicket(ctx, 'login') });
}

/** Says whose password is forgotten, with a fresh ticket; answers the cookie of the recovery. */
export async function identifyAs(
  ctx: Ctx,
  { documentType, number, name }: Pick<Citizen, 'documentType' | 'number' | 'name'>,
): Promise<string> {
  const ticket = await giveTestTicket(ctx, 'recover');
  return (await identify(ctx, { documentType, number, name, ticket })).token;
}

/** Asks for the code of a recovery, with a fresh ticket. */
export async function askForRecoveryCode(ctx: Ctx, token: string) {
  const ticket = await giveTestTicket(ctx, 'recover');
  const { outcome, recovery } = await sendRecoveryCode(ctx, token, { ticket });
  return { outcome, ...recovery };
}

/** A recovery up to the page with the code and the new password; the code is on the citizen's phone. */
export async function recoverUntilCode(world: TestWorld, citizen: Citizen, ctx = world.ctx()) {
  const token = await identifyAs(ctx, citizen);
  await askForRecoveryCode(ctx, token);
  return { token, code: world.sandbox.phone.lastCode(citizen.mobile) ?? '' };
}
