import { staffTable } from '@shiming/db';
import { checkCharacter, type StaffPerson, type StaffRole } from '@shiming/domain';
import {
  appCode,
  type Authenticator,
  createAuthenticator,
} from '@shiming/providers/testing/authenticator';
import type { Ctx } from '../context.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import {
  acceptByPasskey,
  acceptByPassword,
  beginPasskeyAcceptance,
  beginPasswordAcceptance,
} from '../staff/accept.ts';
import { personColumns } from '../staff/person.ts';
import {
  authenticateStaff,
  newStaffSession,
  sessionActor,
  type SignedInStaff,
} from '../staff/session.ts';
import { currentKeyId } from '../vault/vault.ts';
import { testPassword, type TestWorld } from './world.ts';

export type TestStaff = { ctx: Ctx; staff: SignedInStaff; sessionToken: string };

const pad = (part: number, digits: number) => String(part).padStart(digits, '0');

let people = Math.floor(Math.random() * 1_000_000);

/** The document number of a person who is nobody else's double (DOMAIN 1.7): no citizen of the sandbox was born in these years. */
export function madeUpNumber(): string {
  people += 1;
  const year = 1950 + (people % 18);
  const month = 1 + (Math.floor(people / 18) % 12);
  const day = 1 + (Math.floor(people / 216) % 28);
  const sequence = 100 + (Math.floor(people / 6048) % 900);
  const digits = `110199${year}${pad(month, 2)}${pad(day, 2)}${sequence}`;
  return digits + checkCharacter(digits);
}

/**
 * A member of staff with this role, signed in just now: by the quick way, past invitation and passkey. `person` says
 * who they are; each is another person, unless it says otherwise. `scope`: of which school.
 */
export async function staffNamed(
  world: TestWorld,
  role: StaffRole,
  { scope = null, ...person }: Partial<StaffPerson> & { scope?: string | null } = {},
): Promise<TestStaff> {
  const ctx = world.ctx();
  const id = ctx.crypto.randomToken(12);
  const whole: StaffPerson = {
    name: '审核一',
    email: `${id.toLowerCase()}@staff.example.cn`,
    number: madeUpNumber(),
    ...person,
  };
  await ctx.db.insert(staffTable).values({
    id,
    loginName: `${role}-${id.toLowerCase()}`,
    ...(await personColumns(ctx, id, whole)),
    role,
    scope,
    status: 'active',
    passwordHash: null,
    totpSealed: null,
    totpLastStep: null,
    createdAtMs: ctx.now(),
    keyId: currentKeyId(ctx),
  });
  const session = await newStaffSession(ctx, id);
  await session.statement;
  return staffOf(world, session.token);
}

/** The holder of a session of the console, as the API makes it of the cookie. */
export async function staffOf(world: TestWorld, sessionToken: string): Promise<TestStaff> {
  const staff = await authenticateStaff(world.ctx(), sessionToken, { isSignOfLife: false });
  if (staff === null) throw new Error('the session is not one');
  const { member, sessionId } = staff;
  return { ctx: world.ctx({ actor: sessionActor(member, sessionId) }), staff, sessionToken };
}

/** The secret in the newest link that was mailed to this address. */
export async function staffLinkIn(world: TestWorld, address: string): Promise<string> {
  await deliverWaiting(world.ctx());
  const links = world.sandbox.mail.messages(address).flatMap((mail) => mail.links);
  const link = links.findLast((each) => each.includes('/console/invitation#'));
  if (link === undefined) throw new Error(`no link to ${address}`);
  return new URL(link).hash.slice(1);
}

/** A passkey in a browser on this site's pages. */
export const testAuthenticator = (world: TestWorld): Promise<Authenticator> =>
  createAuthenticator(world.ctx().publicOrigin);

/** Uses a link to sign in by a new passkey from now on. */
export async function acceptWithPasskey(
  world: TestWorld,
  link: string,
  authenticator?: Authenticator,
): Promise<TestStaff & { authenticator: Authenticator }> {
  const device = authenticator ?? (await testAuthenticator(world));
  const { options } = await beginPasskeyAcceptance(world.ctx(), { link });
  const credential = await device.create(options);
  const { sessionToken } = await acceptByPasskey(world.ctx(), { link, credential, label: '' });
  return { ...(await staffOf(world, sessionToken)), authenticator: device };
}

/** Uses a link to sign in by password and code from now on; `code` is what the app shows now, `codeIn` what it will. */
export async function acceptWithPassword(world: TestWorld, link: string) {
  const { secret } = await beginPasswordAcceptance(world.ctx(), { link });
  const codeIn = (ms: number) => appCode(secret, world.nowMs() + ms);
  const code = () => codeIn(0);
  const { sessionToken } = await acceptByPassword(world.ctx(), {
    link,
    password: testPassword,
    passwordAgain: testPassword,
    code: code(),
  });
  // A code counts once: the next one comes half a minute later.
  world.advance(30_000);
  return { ...(await staffOf(world, sessionToken)), code, codeIn };
}

export { appCode, type Authenticator };
