import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commit } from '@shiming/db';
import { changeAccount } from '@shiming/services/account/change';
import { signOut } from '@shiming/services/login/end-sessions';
import { deliverEvents } from '@shiming/services/oidc/deliver';
import { applicantOf, citizenNamed } from '@shiming/services/testing/people';
import { createInbox, NotTaken } from '@shiming/sandbox/service-inbox';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSendToken } from './deliveries.ts';
import {
  agreeTo,
  Browser,
  type House,
  issuer,
  openHouse,
  redirectUri,
  registerService,
  verified,
} from './testing/house.ts';
import { type ConnectedService, createService } from './testing/service.ts';

// A service with addresses for what happens to its people: it verifies what it gets by the standards alone.
let house: House;
let service: ConnectedService;
let sessionToken: string;
let inbox: ReturnType<typeof createInbox>;
/** What came to the service, by path, with its type. */
let came: { path: string; type: string; body: string }[] = [];
/** What it answers next at a path; `202` where it says nothing else. */
let answers: Record<string, (res: ServerResponse) => void> = {};
const own = await createService('certification');

async function serve(req: IncomingMessage, res: ServerResponse) {
  let body = '';
  for await (const chunk of req) body += String(chunk);
  came.push({ path: req.url ?? '', type: String(req.headers['content-type']), body });
  const { [req.url ?? '']: answer, ...rest } = answers;
  answers = rest;
  if (answer !== undefined) answer(res);
  else res.writeHead(202).end();
}
const server = createServer((req, res) => void serve(req, res));

beforeAll(async () => {
  house = await openHouse();
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await registerService(house.world, 'certification', {
    jwks: own.jwks,
    eventsUri: `${origin}/events`,
    backchannelLogoutUri: `${origin}/logout`,
  });
  service = await own.connect(issuer, house.fetch);
  const { jwks_uri: jwksUri = '' } = service.config.serverMetadata();
  inbox = createInbox({ issuer: issuer.href, jwksUri, fetch: house.fetch });
  sessionToken = await verified(house.world, citizenNamed('林知远'));
  await agreeTo(house.world, sessionToken, 'certification');
});
beforeEach(() => {
  came = [];
  answers = {};
});
afterAll(async () => {
  await house.close();
  server.close();
});

const open = async (url: URL) => (await new Browser(house, sessionToken).open(url)).location;

async function signIn() {
  const { tokens } = await service.signIn(redirectUri, open);
  const { sub = '', sid } = (tokens.claims() ?? {}) as { sub?: string; sid?: unknown };
  return { sub, sid };
}

const deliver = async () => {
  const ctx = house.world.ctx();
  return deliverEvents(ctx, await createSendToken(ctx, fetch));
};

async function setStatus(status: 'active' | 'suspended') {
  const { ctx, signedIn } = await applicantOf(house.world, sessionToken);
  const change = { status: { status, restorableUntilMs: null } } as const;
  await commit(ctx.db, await changeAccount(ctx, signedIn.account, change));
  return async () => {
    const account = { ...signedIn.account, status, version: signedIn.account.version + 1 };
    const back = { status: { status: 'active', restorableUntilMs: null } } as const;
    await commit(ctx.db, await changeAccount(house.world.ctx(), account, back));
  };
}
/** With which code a token is not taken. */
const refused = async (read: Promise<unknown>) =>
  read.catch((error: unknown) => (error instanceof NotTaken ? error.code : error));

const elsewhere = (res: ServerResponse) => res.writeHead(307, { location: '/elsewhere' }).end();
const refuse = (body: string) => (res: ServerResponse) => {
  res.writeHead(400, { 'content-type': 'application/json' }).end(body);
};
const logoutTokenIn = (body: string) => new URLSearchParams(body).get('logout_token') ?? '';

test('the metadata say that services learn when somebody signs out', async () => {
  expect(service.config.serverMetadata()).toMatchObject({
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  });
});

test('a service learns of a suspension by a signed token, once, with the name by which it knows the person', async () => {
  const { sub } = await signIn();
  const restore = await setStatus('suspended');
  expect(await deliver()).toMatchObject({ done: 2, facts: { refused: 0, waiting: 0 } });
  const [event, logout] = came.toSorted((a, b) => a.path.localeCompare(b.path));
  expect(event).toMatchObject({ path: '/events', type: 'application/secevent+jwt' });
  expect(logout).toMatchObject({ path: '/logout', type: 'application/x-www-form-urlencoded' });
  const body = event?.body ?? '';
  expect(await inbox.readEvent(body, 'certification')).toMatchObject({
    subject: sub,
    uri: 'https://schemas.openid.net/secevent/risc/event-type/account-disabled',
    event: { event_timestamp: expect.any(Number) },
  });
  // It may come twice, and is taken once.
  expect(await inbox.readEvent(body, 'certification')).toBeNull();
  const token = logoutTokenIn(logout?.body ?? '');
  expect(await inbox.readLogout(token, 'certification')).toEqual({ sub });
  // Neither is an event the other, nor is one of another service's.
  expect(await refused(inbox.readLogout(token, 'certification'))).toBe('invalid_request');
  expect(await refused(inbox.readLogout(body, 'certification'))).toBe('invalid_request');
  expect(await refused(inbox.readEvent(token, 'certification'))).toBe('invalid_request');
  expect(await refused(inbox.readEvent(body, 'conscription'))).toBe('invalid_audience');
  const forged = await new SignJWT({})
    .setProtectedHeader({
      alg: 'ES256',
      typ: 'secevent+jwt',
      kid: String(decodeProtectedHeader(body).kid),
    })
    .sign(own.key);
  expect(await refused(inbox.readEvent(forged, 'certification'))).toBe('invalid_key');
  await restore();
  came = [];
  await deliver();
  expect(came.map(({ path }) => path)).toEqual(['/events']);
});

test('who signs out here is signed out of the services of that session, by the sid of their ID tokens', async () => {
  const { sub, sid } = await signIn();
  expect(sid).toHaveLength(43);
  // Another sign-in of the same session is the same one.
  expect((await signIn()).sid).toBe(sid);
  const { ctx, signedIn } = await applicantOf(house.world, sessionToken);
  sessionToken = await verified(house.world, citizenNamed('林知远'));
  expect((await signIn()).sid).not.toBe(sid);
  await signOut(ctx, signedIn);
  await deliver();
  expect(came.map(({ path }) => path)).toEqual(['/logout']);
  const token = logoutTokenIn(came[0]?.body ?? '');
  expect(await inbox.readLogout(token, 'certification')).toEqual({ sub, sid });
});

test('a service that sends elsewhere is not followed, what it refuses is named, and no more is read of it than a beginning', async () => {
  await signIn();
  const restore = await setStatus('suspended');
  answers = { '/events': elsewhere, '/logout': elsewhere };
  expect((await deliver()).facts).toMatchObject({ postponed: 2, waiting: 2 });
  expect(came.map(({ path }) => path).toSorted()).toEqual(['/events', '/logout']);
  house.world.advance(60_000);
  answers = {
    '/events': refuse(JSON.stringify({ err: 'invalid_audience', description: '林知远' })),
    '/logout': refuse(`{"error":"${'x'.repeat(1_000_000)}"}`),
  };
  const { facts } = await deliver();
  expect(facts).toMatchObject({
    refused: 2,
    waiting: 0,
    alarm: 'event_refused certification http_400; event_refused certification invalid_audience',
  });
  house.world.advance(-60_000);
  await restore();
  await deliver();
});
