import { connect } from '@shiming/db/client';
import { newMeter } from '@shiming/db';
import { type Citizen, citizens } from '@shiming/sandbox';
import {
  createTestWorld,
  documentAnswersOf,
  testKeys,
  testPassword,
  type TestWorld,
} from '@shiming/services/testing';
import { runJobs } from '@shiming/services/run-jobs';
import {
  applicantOf,
  registerCompletely,
  registerUntilContact,
} from '@shiming/services/testing/people';
import { fillQueue, mismatched, settleAs, waitingFor } from '@shiming/services/testing/reviews';
import { madeUpNumber, staffNamed } from '@shiming/services/testing/staff';
import { giveTestTicket } from '@shiming/services/testing/tickets';

export { documentAnswersOf, testPassword };

/** The test world's keys as settings of a Worker. */
export function settingsOfKeys(keys: TestWorld['keys']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys).map(([name, listed]) => [
      `${name.toUpperCase()}_KEYS`,
      listed.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64url')}`).join(','),
    ]),
  );
}

export interface BenchWorld {
  readonly world: TestWorld;
  readonly settings: Record<string, string>;
}

/**
 * The services beside a Worker, on its database and under its keys, at the present time: what a measured request needs is
 * put there by the services' own code, and without the requests that would come before it.
 */
export async function createBenchWorld(url: string): Promise<BenchWorld> {
  const keys = testKeys();
  const world = await createTestWorld({
    keys,
    database: {
      url,
      connect: (meter = newMeter()) => connect({ url }, meter),
      remove: () => Promise.resolve(),
    },
    // As the Worker hashes: a weaker hash would be made again at the first login.
    argon2: {},
  });
  const atPresent: TestWorld = {
    ...world,
    ctx: (options) => {
      world.advance(Math.max(0, Date.now() - world.nowMs()));
      return world.ctx(options);
    },
  };
  return { world: atPresent, settings: settingsOfKeys(keys) };
}

/** Registers somebody whose profile is complete. Returns the cookie of the session. */
export async function registered(world: TestWorld, citizen: Citizen): Promise<string> {
  return (await registerCompletely(world, citizen)).sessionToken;
}

/** Tickets that a browser earns by so many puzzles. */
export async function ticketsFor(
  world: TestWorld,
  purpose: 'register' | 'login',
  deviceId: string,
  count: number,
): Promise<string[]> {
  const tickets: string[] = [];
  while (tickets.length < count) {
    tickets.push(await giveTestTicket(world.ctx({ visitor: { deviceId } }), purpose));
  }
  return tickets;
}

/** A made-up person whom no authority knows. */
export function newPerson(): Citizen {
  const [like] = citizens;
  if (like === undefined) throw new Error('The sandbox has no citizen.');
  people += 1;
  return {
    ...like,
    documentType: 'resident_identity_card',
    number: madeUpNumber(),
    mobile: `139${String(people).padStart(8, '0')}`,
  };
}
let people = 0;

/** Somebody who has typed everything up to the contact. Returns the cookie of the registration, and a ticket for the code. */
export async function untilContact(world: TestWorld, person: Citizen, deviceId: string) {
  const ctx = world.ctx({ visitor: { deviceId } });
  const token = await registerUntilContact(ctx, person);
  return { token, ticket: await giveTestTicket(ctx, 'register') };
}

/** Somebody whom the authority has not confirmed, and who may send photos. Returns the cookie of the session. */
export const whoSendsPhotos = async (world: TestWorld, name: string): Promise<string> =>
  (await mismatched(world, name)).sessionToken;

/** A case with real photos that waits for a reviewer. Returns its id. */
export const realCase = async (world: TestWorld): Promise<string> =>
  (await waitingFor(world)).caseId;

/** So many cases that wait, after the real ones. */
export const addCases = (world: TestWorld, count: number) => fillQueue(world, count);

/** Signs in a member of staff of this role. Returns the cookie. */
export const staffSession = async (
  world: TestWorld,
  role: Parameters<typeof staffNamed>[1],
): Promise<string> => (await staffNamed(world, role)).sessionToken;

/** Somebody whose case was approved, and for whom nothing is left to send or to seal. Returns the id of the account. */
export async function settledAccount(world: TestWorld): Promise<string> {
  const person = await waitingFor(world, '罗建民');
  await settleAs(world, world.ctx(), person, 'approve');
  await world.settle();
  await runJobs(world.ctx());
  return (await applicantOf(world, person.sessionToken)).signedIn.account.id;
}
