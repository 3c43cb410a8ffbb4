import { connect } from '@shiming/db/client';
import { type Citizen, citizens } from '@shiming/sandbox';
import {
  realCase,
  registered,
  staffSession,
  testPassword,
  ticketsFor,
  whoSendsPhotos,
} from '../testing/bench-world.ts';
import { type BenchBrowser, newAddress, openBrowser } from './browser.ts';
import type { Ours } from './parties.ts';

/** Whether the authority confirms a citizen, who is of age and whose number begins with a province of the mainland. */
export const isConfirmed = ({ outcome, number }: Citizen): boolean =>
  outcome === 'match' && /^[1-6]\d{16}[\dX]$/.test(number) && number.slice(6, 10) < '2000';

export interface SignedInPerson {
  readonly citizen: Citizen;
  readonly browser: BenchBrowser;
  /** The hash of the password as it is stored. */
  readonly stored: string;
}

/** Prepares something once for a product that runs, for all parts of a run. */
function onceFor<T>(prepare: (ours: Ours) => Promise<T>): (ours: Ours) => Promise<T> {
  const prepared = new WeakMap<Ours, Promise<T>>();
  return (ours) => {
    const known = prepared.get(ours) ?? prepare(ours);
    prepared.set(ours, known);
    return known;
  };
}

async function signIn(ours: Ours): Promise<SignedInPerson> {
  const citizen = citizens.find(isConfirmed);
  if (citizen === undefined) throw new Error('The sandbox has no citizen.');
  await registered(ours.world, citizen);
  const browser = openBrowser(ours.url);
  // The device has its id from now on, and after the login its mark of the account.
  await browser.client.session.current.query();
  const [ticket = ''] = await ticketsFor(ours.world, 'login', browser.deviceId(), 1);
  await browser.client.login.signIn.mutate({
    name: citizen.number,
    password: testPassword,
    ticket,
  });
  const db = connect({ url: ours.sqld.url });
  const [account] = await db.all<{ stored: string }>(
    'select password_hash as stored from account where password_hash is not null limit 1',
  );
  return { citizen, browser, stored: account?.stored ?? '' };
}

/** A citizen who is registered with a complete profile and signed in. */
export const signedInBrowser = onceFor(signIn);

/** The cookies of somebody who may send photos for a review. */
export const photoSender = onceFor(async ({ world }) => {
  const sender = citizens.find(({ outcome }) => outcome === 'no_record');
  return `__Host-session=${await whoSendsPhotos(world, sender?.name ?? '')}`;
});

export interface HeldCase {
  readonly caseId: string;
  /** The cookie of the reviewer who holds it. */
  readonly holder: string;
}

async function takeCase(ours: Ours): Promise<HeldCase> {
  const caseId = await realCase(ours.world);
  const holder = await staffSession(ours.world, 'reviewer');
  // The client is for people: the console's procedures are not in it.
  const taken = await fetch(`${ours.url}/trpc/desk.take`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'cf-connecting-ip': newAddress(),
      cookie: `__Host-staff=${holder}`,
    },
    body: JSON.stringify({ caseId }),
  });
  if (!taken.ok) throw new Error(`The case was not taken: ${taken.status}.`);
  return { caseId, holder };
}

/** A case with real photos in the hands of a reviewer. */
export const heldCase = onceFor(takeCase);
