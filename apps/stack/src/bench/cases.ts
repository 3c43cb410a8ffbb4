import type { RunningService } from '../children.ts';
import { testPassword, ticketsFor } from '../testing/bench-world.ts';
import { newAddress, newName } from './browser.ts';
import { again, type Call, load } from './load.ts';
import type { Contestant } from './measure.ts';
import type { Ours, Party } from './parties.ts';
import { signedInBrowser } from './people.ts';

/** A piece of work, and who does it; the first is the floor. */
export interface Case {
  readonly id: string;
  readonly title: string;
  /** How many calls are under way at once. */
  readonly atOnce: number;
  readonly contestants: readonly Contestant[];
  /** What the case is to reach, as far as there is an aim. */
  readonly aims?: { readonly floor?: number; readonly peer?: number };
}

export interface Parties {
  readonly floor: Party;
  readonly peer: Party;
  readonly ours: Ours;
}

/** How long a round of calls that can be repeated lasts. */
export const steadyMs = 2_000;
export const connections = 16;
/** Calls in a round of those that hash, and how many at once: as many as there are cores to do it. */
const hashCalls = 40;
const hashesAtOnce = 2;

export const contestant = (
  name: string,
  party: Omit<Party, 'workerd'> & { workerd: RunningService; rowsRead?: () => number },
  prepare: Contestant['prepare'],
): Contestant => ({
  name,
  workerd: party.workerd.pid,
  sqld: party.sqld.service.pid,
  ...(party.rowsRead === undefined ? {} : { rowsRead: party.rowsRead }),
  prepare,
});

/** The same call for the length of a round. */
export const steady = (name: string, party: Party, call: Call, atOnce = connections): Contestant =>
  contestant(name, party, async () => () => load(party.port, atOnce, again(call), steadyMs));

/** A contestant that asks no database. */
export const withoutDatabase = (one: Contestant): Contestant => ({ ...one, sqld: null });

/** What the peer takes changes from. */
export const origin = ({ url }: Party) => ({ origin: url });

/** The hash of the password against the one that is stored, in the product's own isolate. */
export const hashAlone = (ours: Ours, stored: string, atOnce: number, count: number): Contestant =>
  withoutDatabase(
    contestant('Argon2id alone', ours, async () => {
      const call = { path: '/hash', body: { password: testPassword, stored } };
      return () =>
        load(
          ours.port,
          atOnce,
          Array.from({ length: count }, () => call),
        );
    }),
  );

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status} of ${url}: ${await answer.text()}`);
  return answer;
}

/** The cases that the peer has, too: session check, sign-in. */
export async function signInCases({ floor, peer, ours }: Parties): Promise<Case[]> {
  const { browser, citizen, stored } = await signedInBrowser(ours);
  const credentials = { email: `${newName()}@example.com`, password: testPassword };
  const equalEmail = `${newName()}@example.com`;
  const signedUp = async (at: string, email: string) => {
    const body = { ...credentials, email, name: citizen.name };
    return post(`${peer.url}/${at}/sign-up/email`, body, origin(peer));
  };
  const peerCookie = (await signedUp('own', credentials.email)).headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  await signedUp('equal', equalEmail);

  // Who signs in has no session: one that they had would end, and the other parts ask by it.
  const known = browser
    .cookies()
    .split('; ')
    .filter((cookie) => !cookie.startsWith('__Host-session='))
    .join('; ');
  const signIn = (ticket: string): Call => ({
    path: '/trpc/login.signIn',
    headers: { cookie: known, 'cf-connecting-ip': newAddress() },
    body: { name: citizen.number, password: testPassword, ticket },
  });
  const peerSignIn = (name: string, at: string, email: string) =>
    contestant(
      name,
      peer,
      async () => () =>
        load(
          peer.port,
          hashesAtOnce,
          Array.from({ length: hashCalls }, () => ({
            path: `/${at}/sign-in/email`,
            headers: origin(peer),
            body: { ...credentials, email },
          })),
        ),
    );
  return [
    {
      id: 'session-check',
      title: 'Session check',
      atOnce: connections,
      aims: { floor: 1, peer: 3 },
      contestants: [
        steady('handler and one select', floor, { path: '/read' }),
        steady('peer: get-session', peer, {
          path: '/own/get-session',
          headers: { cookie: peerCookie },
        }),
        steady('session.current', ours, {
          path: '/trpc/session.current',
          headers: {
            cookie: browser.cookies(),
            'cf-connecting-ip': newAddress(),
          },
        }),
      ],
    },
    {
      id: 'sign-in',
      title: 'Sign-in',
      atOnce: hashesAtOnce,
      aims: { floor: 0.93, peer: 2.3 },
      contestants: [
        hashAlone(ours, stored, hashesAtOnce, hashCalls),
        peerSignIn('peer: its own hash', 'own', credentials.email),
        peerSignIn('peer: the same hash', 'equal', equalEmail),
        contestant('login.signIn', ours, async () => {
          await ours.forget('allowance');
          const tickets = await ticketsFor(ours.world, 'login', browser.deviceId(), hashCalls);
          return () => load(ours.port, hashesAtOnce, tickets.map(signIn));
        }),
      ],
    },
  ];
}
