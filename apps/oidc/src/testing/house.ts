import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commit, newMeter, serviceClientTable } from '@shiming/db';
import { isVerified, type ServiceClient, type ServiceField } from '@shiming/domain';
import { type Ctx, noSessions } from '@shiming/services/context';
import { findClient } from '@shiming/services/oidc/clients';
import { giveConsent } from '@shiming/services/data/consents';
import { newSession } from '@shiming/services/session/session';
import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { applicantOf, registerCompletely } from '@shiming/services/testing/people';
import { verify } from '@shiming/services/verification/verify';
import type { Citizen } from '@shiming/sandbox';
import { createOidc } from '../provider.ts';

export const publicOrigin = 'https://account.example.cn';
export const issuer = new URL(`${publicOrigin}/oidc`);
export const redirectUri = 'https://service.example.cn/callback';
export const afterLogout = 'https://service.example.cn/bye';

/** The provider on a port of this machine, with the headers that the Worker in front sets. */
export type House = {
  world: TestWorld;
  /** What a browser or a service asks of the public origin. `calls` counts what the last request asked of the database. */
  fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
  calls: () => number;
  /** Forgets the registrations that were read, as the provider does after a minute. */
  forget: () => void;
  /** How many requests have signed somebody out. */
  signOuts: () => number;
  close(): Promise<void>;
};

export async function openHouse(): Promise<House> {
  const world = await createTestWorld();
  // The provider's clock is the machine's.
  world.advance(Date.now() - world.nowMs());
  let meter = newMeter();
  const clients = new Map<string, Awaited<ReturnType<typeof findClient>>>();
  const errors: Error[] = [];
  const handle = createOidc({
    ctxFor: (): Ctx => {
      meter = newMeter();
      return world.ctx({ meter, visitor: { held: noSessions } });
    },
    async findClient(ctx, id) {
      if (!clients.has(id)) clients.set(id, await findClient({ ...ctx, db: world.ctx().db }, id));
      return clients.get(id) ?? null;
    },
    report: (error) => errors.push(error),
  });
  let signOuts = 0;
  const server = createServer((req, res) => {
    void handle(req, res).then((hasSignedOut) => (signOuts += Number(hasSignedOut)));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    world,
    calls: () => meter.roundTrips,
    forget: () => clients.clear(),
    signOuts: () => signOuts,
    async fetch(url, init = {}) {
      const { pathname, search, host, protocol } = new URL(url);
      const headers = new Headers(init.headers);
      headers.set('x-forwarded-proto', protocol.slice(0, -1));
      headers.set('x-forwarded-host', host);
      const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        ...init,
        headers,
        redirect: 'manual',
      });
      const [error] = errors.splice(0);
      if (error !== undefined) throw error;
      return answer;
    },
    close: async () => {
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      await world.close();
    },
  };
}

/** Registers a service, by an id of the test's own. */
export async function registerService(
  world: TestWorld,
  id: string,
  { jwks, ...more }: Pick<ServiceClient, 'jwks'> & Partial<ServiceClient>,
  at: { portal: string; service: string } = { portal: 'teacher', service: 'certification' },
): Promise<ServiceClient> {
  const registration = {
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [afterLogout],
    startUri: 'https://service.example.cn/start',
    jwks,
    jwksUri: null,
    backchannelLogoutUri: null,
    eventsUri: null,
    required: ['name', 'document'] as const,
    optional: [],
    ...more,
  };
  await world
    .ctx()
    .db.insert(serviceClientTable)
    .values({ id, ...at, registration, createdAtMs: world.nowMs() });
  return registration;
}

/** A browser, as far as the provider sees it: cookies by path. */
export class Browser {
  readonly #fetch: House['fetch'];
  readonly #cookies = new Map<string, { value: string; path: string }>();
  /** How many calls of the database its requests have made. */
  calls = 0;
  readonly #calls: House['calls'];

  constructor({ fetch, calls }: House, sessionToken?: string) {
    this.#fetch = fetch;
    this.#calls = calls;
    if (sessionToken !== undefined) this.signIn(sessionToken);
  }

  signIn(sessionToken: string) {
    this.#cookies.set('__Host-session', { value: sessionToken, path: '/' });
  }

  async open(
    url: string | URL,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<{ status: number; location: URL | null; text: string }> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(
        ([, { path }]) => pathname === path || pathname.startsWith(path === '/' ? '/' : `${path}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const answer = await this.#fetch(url, { method, headers: { ...headers, cookie } });
    this.calls += this.#calls();
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split('=');
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      location: location === null ? null : new URL(location, url),
      text: await answer.text(),
    };
  }

  cookieNames = () => [...this.#cookies.keys()];
}

const accountsOf = new WeakMap<TestWorld, Map<string, string>>();

/** A new session of a citizen, who is registered with the first. */
async function sessionOf(world: TestWorld, citizen: Citizen): Promise<string> {
  const accounts = accountsOf.get(world) ?? new Map<string, string>();
  accountsOf.set(world, accounts);
  const known = accounts.get(citizen.number);
  if (known === undefined) {
    const { signedIn, sessionToken } = await registerCompletely(world, citizen);
    accounts.set(citizen.number, signedIn.account.id);
    return sessionToken;
  }
  const session = await newSession(world.ctx(), known, { isProved: true });
  await commit(world.ctx().db, [session.statement]);
  return session.token;
}

/** The session of somebody who is registered, and not verified. */
export const unverified = sessionOf;

/** The session of somebody who is verified by four factors. */
export async function verified(world: TestWorld, citizen: Citizen): Promise<string> {
  const token = await sessionOf(world, citizen);
  const { ctx, signedIn } = await applicantOf(world, token);
  if (isVerified(signedIn)) return token;
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const { sessionToken } = await verify(ctx, signedIn, { name, validityStart, validityTerm });
  return sessionToken ?? token;
}

/** Agrees to enter a service. */
export async function agreeTo(
  world: TestWorld,
  sessionToken: string,
  serviceId: string,
  fields: readonly ServiceField[] = ['name', 'document'],
) {
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  await giveConsent(ctx, signedIn, { kind: 'service', serviceId, fields, hasAgreed: false });
}
