import {
  appErrorOf,
  createShimingClient,
  type ShimingClient,
  solveProofOfWork,
} from '@shiming/client';
import { puzzleTable } from '@shiming/db';
import { checkCharacter } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { completeProfile } from '../src/bench-citizen.ts';
import { database, phoneUrl, provingLink, readCode, webUrl } from './harness.ts';

export const password = 'Lanhua-82*river';

/** The citizens that the sandbox knows. */
export async function citizens(): Promise<readonly Citizen[]> {
  const response = await fetch(`${phoneUrl}/citizens`);
  return (await response.json()) as Citizen[];
}

let people = 0;

/** Somebody nobody knows: a number over a county code that does not exist, and a mobile and mail of their own. */
export function newPerson() {
  people += 1;
  const digits = `1101991984${String((people % 12) + 1).padStart(2, '0')}08${String(people % 1_000).padStart(3, '0')}`;
  const own = String(people).padStart(7, '0');
  return {
    document: {
      documentType: 'resident_identity_card',
      number: `${digits}${checkCharacter(digits)}`,
      name: '林一舟',
      validityStart: { year: '2020', month: '5', day: '6' },
      validityTerm: '20',
      hasConsented: true,
    },
    mobile: `1995${own}`,
    email: `person${own}@example.com`,
  };
}

export type Person = ReturnType<typeof newPerson>;

/** A ticket of the slider, whose answer is read in the database: to compute instead takes ten times as long. */
export async function ticketFor(
  client: ShimingClient,
  purpose: 'register' | 'login' | 'recover' | 'ticket',
): Promise<string> {
  const drawn = await client.puzzle.draw.mutate({ purpose });
  if (drawn.way === 'ticket') return drawn.ticket;
  if (drawn.way === 'work') return solveProofOfWork(client, purpose);
  const { puzzleId } = drawn;
  const puzzles = await database().select().from(puzzleTable);
  const x = puzzles.find(({ id }) => id === puzzleId)?.x ?? 0;
  return (await client.puzzle.solve.mutate({ puzzleId, x })).ticket;
}

/** A citizen of the sandbox, as somebody who registers. */
export async function citizenAs(name: string): Promise<Person> {
  const found = (await citizens()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no citizen is called ${name}`);
  const { documentType, number, validity, mobile } = found;
  const [year = '', month = '', day = ''] = validity.start.split('-');
  const end = validity.end;
  const validityTerm = end === null ? 'long_term' : String(Number(end.slice(0, 4)) - Number(year));
  return {
    document: {
      documentType,
      number,
      name,
      validityStart: { year, month, day },
      validityTerm,
      hasConsented: true,
    },
    mobile,
    email: `${mobile}@example.com`,
  };
}

/** A client whose registration has document and password, so that the next step is the code. */
export async function upToCode(person: Person): Promise<ShimingClient> {
  const client = createShimingClient({ url: webUrl });
  await client.registration.saveDocument.mutate(person.document);
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  return client;
}

export async function sendCode(client: ShimingClient, { email, mobile }: Person) {
  const ticket = await ticketFor(client, 'register');
  return client.registration.sendCode.mutate({ email, mobile, ticket });
}

/** A client that is signed in to a new account, whose profile is not complete. */
export async function register(person: Person): Promise<ShimingClient> {
  const client = await upToCode(person);
  await sendCode(client, person);
  await client.registration.proveContact.mutate({ code: await readCode(person.mobile) });
  await client.registration.submit.mutate({ hasAgreed: true });
  return client;
}

/** The same with a complete profile, while the mail that proves the address has not been opened. */
export async function registeredUnproved(person: Person): Promise<ShimingClient> {
  const client = await register(person);
  await completeProfile(client);
  return client;
}

/** The same, whose mail address is proved. */
export async function registered(person: Person): Promise<ShimingClient> {
  const client = await registeredUnproved(person);
  const link = new URL(await provingLink(person.email)).hash.slice(1);
  await client.contact.proveMail.mutate({ link });
  return client;
}

/** The code of each refusal, or `ok`. */
export async function outcomes(calls: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    calls.map(async (call) => {
      try {
        await call;
        return 'ok';
      } catch (error) {
        return appErrorOf(error)?.code ?? String(error);
      }
    }),
  );
}
