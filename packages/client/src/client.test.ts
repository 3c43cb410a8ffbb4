import { parsePortals } from '@shiming/domain';
import { citizenWith, profileAnswersOf, correctionOf } from '@shiming/api/testing';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '@shiming/services/testing';
import { testInbox } from '@shiming/services/testing/chat';
import { createApp } from '@shiming/worker/app';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appErrorOf, createShimingClient, type Fetch, solveProofOfWork } from './index.ts';

const url = 'https://shiming.test';
let world: TestWorld;
let requests: Request[];
let fetch: Fetch;

beforeEach(async () => {
  world = await createTestWorld();
  requests = [];
  let ids = 0;
  const app = createApp({
    world: {
      weChatInbox: () => testInbox(world),
      depsFor: (defer, meter) => ({
        ...world.ctx(meter === undefined ? {} : { meter }),
        defer,
      }),
    },
    portals: parsePortals('teacher'),
    publicOrigin: url,
    addressHeader: 'x-real-ip',
    log: () => {},
    newId: () => `id-${(ids += 1)}`,
    now: () => world.nowMs(),
  });
  const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  fetch = async (request) => {
    requests.push(request.clone());
    return app.fetch(request, {}, execution);
  };
});
afterEach(() => world.close());

/** What a call was refused with. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (error: unknown) => appErrorOf(error),
  );

describe('X-05: the typed client', () => {
  test('carries a citizen from the first page to being verified, cookies and all', async () => {
    const citizen = citizenWith(world, { outcome: 'match' });
    const client = createShimingClient({ url, fetch });
    await client.registration.saveDocument.mutate(documentAnswersOf(citizen));
    await client.registration.savePassword.mutate({
      password: testPassword,
      passwordAgain: testPassword,
    });
    const { outcome } = await client.registration.sendCode.mutate({
      email: 'someone@example.com',
      mobile: citizen.mobile,
      ticket: await solveProofOfWork(client, 'register'),
    });
    expect(outcome).toBe('sent');
    const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    await client.registration.proveContact.mutate({ code });
    await client.registration.submit.mutate({ hasAgreed: true });
    expect(await client.session.current.query()).toMatchObject({ missing: ['profile'] });

    await client.session.signOut.mutate();
    expect(await client.session.current.query()).toBeNull();
    await client.login.signIn.mutate({
      name: citizen.number,
      password: testPassword,
      ticket: await solveProofOfWork(client, 'login'),
    });
    await client.profile.save.mutate(profileAnswersOf(citizen));
    const verified = await client.verification.verify.mutate(correctionOf(citizen));
    expect(verified).toEqual({ outcome: 'matched', isCounted: true });
    const serviceId = 'certification';
    await client.data.giveConsent.mutate({ kind: 'service', serviceId, hasAgreed: false });
    const service = await client.entry.enter.query({ serviceId });
    expect(service.isOpen).toBe(true);
  });

  test('gives the typed refusal with its parameters', async () => {
    const client = createShimingClient({ url, fetch });
    expect(await refusalOf(client.session.list.query())).toEqual({ code: 'session.required' });
    const wrong = { ...documentAnswersOf(citizenWith(world, { outcome: 'match' })), number: '' };
    expect(await refusalOf(client.registration.saveDocument.mutate(wrong))).toEqual({
      code: 'input.invalid',
      fields: { number: 'document_number.missing' },
    });
  });

  test('tells a service that does not answer from one that refuses', async () => {
    const faults: Fetch[] = [
      () => Promise.reject(new TypeError('fetch failed')),
      async () => new Response('<h1>502</h1>', { status: 502 }),
      async () => Response.json({ hello: 'world' }),
    ];
    for (const fault of faults) {
      const client = createShimingClient({ url, fetch: fault });
      expect(await refusalOf(client.session.list.query())).toBeNull();
    }
    expect(appErrorOf(new Error('another'))).toBeNull();
    expect(appErrorOf(undefined)).toBeNull();
  });

  test('sends one call a request, and what is personal never in a URL', async () => {
    const client = createShimingClient({ url, fetch });
    await Promise.all([client.entry.services.query(), client.session.current.query()]);
    const document = documentAnswersOf(citizenWith(world, { outcome: 'match' }));
    await client.registration.saveDocument.mutate(document);
    expect(requests.map((request) => [request.method, request.url])).toEqual([
      ['GET', `${url}/trpc/entry.services`],
      ['GET', `${url}/trpc/session.current`],
      ['POST', `${url}/trpc/registration.saveDocument`],
    ]);
  });

  test.each([`${url}/second`, `${url}/second/`])(
    '%s: a portal below a path is asked there',
    async (below) => {
      await refusalOf(createShimingClient({ url: below, fetch }).session.current.query());
      expect(requests.map((request) => request.url)).toEqual([
        `${url}/second/trpc/session.current`,
      ]);
    },
  );

  test('two clients are two people', async () => {
    const [first, second] = [0, 1].map(() => createShimingClient({ url, fetch }));
    await first?.registration.saveDocument.mutate(
      documentAnswersOf(citizenWith(world, { outcome: 'match' })),
    );
    expect(await first?.registration.current.query()).not.toBeNull();
    expect(await second?.registration.current.query()).toBeNull();
  });

  test('a ticket for one purpose is none for another', async () => {
    const citizen = citizenWith(world, { outcome: 'match' });
    const client = createShimingClient({ url, fetch });
    const ticket = await solveProofOfWork(client, 'register');
    const input = { name: citizen.number, password: testPassword, ticket };
    expect(await refusalOf(client.login.signIn.mutate(input))).toEqual({
      code: 'puzzle.ticket_refused',
    });
  });
});
