import { callOver, passwordAnswers, ticketFor } from '@shiming/api/testing';
import { parsePortals, parseLegacyRow, teacherPortal } from '@shiming/domain';
import type { Deps } from '@shiming/services/context';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { testInbox } from '@shiming/services/testing/chat';
import { citizenNamed, register } from '@shiming/services/testing/people';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';

const publicOrigin = 'https://shiming.test';
const citizen = citizenNamed('林知远');
const { documentType, number, name, mobile, validity } = citizen;
const dayMs = 86_400_000;

/** What a request made the server do. */
type Work = { hashes: number; macs: number; ciphers: number; statements: string[] };

type Prepares = { _prepare(): { getQuery(): { sql: string } } };

/** The same dependencies, which note what is done with them. */
function watched(deps: Deps, work: Work): Deps {
  const { crypto, hasher, db } = deps;
  const batch = db.batch.bind(db);
  const watchedBatch: typeof batch = (items) => {
    work.statements.push(
      // oxlint-disable-next-line no-underscore-dangle -- what a batch asks of each of its statements, however it was made
      ...items.map((item) => (item as unknown as Prepares)._prepare().getQuery().sql),
    );
    return batch(items);
  };
  return {
    ...deps,
    db: Object.assign(db, { batch: watchedBatch }),
    hasher: {
      ...hasher,
      hash: (password) => {
        work.hashes += 1;
        return hasher.hash(password);
      },
      verify: (password, stored) => {
        work.hashes += 1;
        return hasher.verify(password, stored);
      },
    },
    crypto: {
      ...crypto,
      hmac: (...of) => {
        work.macs += 1;
        return crypto.hmac(...of);
      },
      seal: (...of) => {
        work.ciphers += 1;
        return crypto.seal(...of);
      },
      open: (...of) => {
        work.ciphers += 1;
        return crypto.open(...of);
      },
    },
  };
}

async function importThem(world: TestWorld, registeredAt: string) {
  const row = {
    document_type: documentType,
    document_number: number,
    name,
    validity_start: validity.start,
    validity_end: validity.end ?? '',
    mobile,
    email: 'someone@example.com',
    registered_at: registeredAt,
  };
  const parsed = parseLegacyRow(row, teacherPortal, world.nowMs());
  if (!parsed.ok) throw new Error('the row is bad');
  await importAccounts(world.ctx(), [parsed.value]);
}

/** What the service may know of the person whose number a stranger types. */
const states: Record<string, (world: TestWorld) => Promise<unknown>> = {
  'nobody has this number': async () => {},
  'it is registered': (world) => register(world, citizen),
  'it comes from the old system': (world) => importThem(world, '2020-05-06T08:30:00+08:00'),
  'it comes from the old system, too early for a reset': (world) =>
    importThem(world, '2018-05-06T08:30:00+08:00'),
};

const organisationCode = '12110199PDY00001XT';
const organisation = (world: TestWorld, passwordHash: string | null, closesAtMs: number | null) =>
  world.ctx().db.run(
    `insert into organisation (id, portal, code, name, contact_sealed, password_hash, letter_until_ms, closes_at_ms, created_at_ms, key_id)
     values ('o', 'student', '${organisationCode}', '', '', ${passwordHash === null ? 'null' : `'${passwordHash}'`}, 1, ${closesAtMs}, 1, '')`,
  );

/** What the service may know of the organisation whose code a stranger types. */
const organisationStates: typeof states = {
  'nobody has this code': async () => {},
  'it has an account': async (world) =>
    organisation(world, await world.ctx().hasher.hash(passwordAnswers.password), null),
  'it has set no password': (world) => organisation(world, null, null),
  'it is to be closed': async (world) =>
    organisation(world, await world.ctx().hasher.hash(passwordAnswers.password), 1),
};

/** A stranger's browser in front of the Worker, in a world in which only the state is different. */
async function stranger(set: ((world: TestWorld) => Promise<unknown>) | undefined, prefix = '') {
  const world = await createTestWorld();
  await set?.(world);
  await world.settle();
  // The same noon in every world, of a day of which nothing was used.
  world.advance(2 * dayMs);
  let ids = 0;
  let work: Work = { hashes: 0, macs: 0, ciphers: 0, statements: [] };
  const lines: { roundTrips: number }[] = [];
  const app = createApp({
    world: {
      weChatInbox: () => testInbox(world),
      depsFor: (defer, meter) =>
        watched(
          {
            ...world.ctx(meter === undefined ? {} : { meter }),
            defer,
          },
          work,
        ),
    },
    portals: parsePortals('teacher,student,business'),
    publicOrigin,
    addressHeader: 'x-real-ip',
    log: (line) => 'roundTrips' in line && lines.push(line),
    newId: () => `id-${(ids += 1)}`,
    now: () => world.nowMs(),
  });
  const cookies = new Map<string, string>();
  const deferred: Promise<unknown>[] = [];
  const send = async (asked: Request) => {
    const request = new Request(asked.url.replace('/trpc', `${prefix}/trpc`), asked);
    request.headers.set('cookie', [...cookies].map(([key, value]) => `${key}=${value}`).join('; '));
    const response = await app.fetch(
      request,
      {},
      {
        waitUntil: (later: Promise<unknown>) => void deferred.push(later),
        passThroughOnException: () => {},
        props: {},
      },
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(key, value);
    }
    return response;
  };
  const call = callOver(send);
  return {
    world,
    call,
    /** Everything that can be seen of a call from outside, and what it made the server do. */
    trace: async (path: string, input?: unknown) => {
      work = { hashes: 0, macs: 0, ciphers: 0, statements: [] };
      const { status, headers, text } = await call(path, input);
      const secrets = /=[\w.-]+(?=;)/g;
      const hidden = (value: string) =>
        value.replace(secrets, (secret) => 'x'.repeat(secret.length)).replace(/id-\d+/, 'id');
      return {
        status,
        // The id of one's own registration, new each time.
        text: text.replace(/"drawnFrom":"[^"]*"/, ''),
        headers: [...headers].map(([key, value]) => [key, hidden(value)]),
        roundTrips: lines.at(-1)?.roundTrips,
        ...work,
      };
    },
    close: async () => {
      await Promise.all(deferred);
      await world.close();
    },
  };
}

type Stranger = Awaited<ReturnType<typeof stranger>>;
type Trace = Awaited<ReturnType<Stranger['trace']>>;

/** What a stranger sees in each state, by its name. */
async function inEveryState(
  flow: (browser: Stranger) => Promise<Trace[]>,
  of = states,
  prefix = '',
) {
  const seen: Record<string, Trace[]> = {};
  for (const [state, set] of Object.entries(of)) {
    const browser = await stranger(set, prefix);
    try {
      seen[state] = await flow(browser);
    } finally {
      await browser.close();
    }
  }
  return seen;
}

function expectNoDifference(seen: Record<string, Trace[]>): Trace[] {
  const [first = [], ...rest] = Object.values(seen);
  expect(rest).toHaveLength(3);
  for (const traces of rest) expect(traces).toEqual(first);
  expect(first.flatMap(({ statements }) => statements)).not.toEqual([]);
  return first;
}

const onceMore = async (times: number, run: () => Promise<Trace>) => {
  const traces: Trace[] = [];
  for (let count = 0; count < times; count += 1) traces.push(await run());
  return traces;
};

test('X-03, T-LOG-01: signing in with a wrong password tells nothing, also when it locks', async () => {
  const seen = await inEveryState(({ call, world, trace }) =>
    onceMore(4, async () => {
      const ticket = await ticketFor(call, world, 'login');
      return trace('login.signIn', { name: number, password: 'wrong-1!', ticket });
    }),
  );
  const traces = expectNoDifference(seen);
  expect(traces.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(traces.map(({ hashes }) => hashes)).toEqual([1, 1, 1, 0]);
});

test('X-03, S-LOG-01: signing in as an organisation with a wrong password tells nothing, also when it locks', async () => {
  const seen = await inEveryState(
    ({ call, world, trace }) =>
      onceMore(4, async () => {
        const ticket = await ticketFor(call, world, 'login');
        const typed = { code: organisationCode, password: 'wrong-1!', ticket };
        return trace('organisation.signIn', typed);
      }),
    organisationStates,
    '/student',
  );
  const traces = expectNoDifference(seen);
  expect(traces.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(traces.map(({ hashes }) => hashes)).toEqual([1, 1, 1, 0]);
});

test('X-03, S-REG-09: a first password that nobody handed over tells nothing', async () => {
  const seen = await inEveryState(
    ({ call, world, trace }) =>
      onceMore(4, async () =>
        trace('agency.takeUp', {
          ...documentAnswersOf(citizen),
          ...passwordAnswers,
          firstPassword: 'ABCD-2345-WXYZ',
          hasAgreed: true,
          ticket: await ticketFor(call, world, 'login'),
        }),
      ),
    states,
    '/student',
  );
  const traces = expectNoDifference(seen);
  expect(traces.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(traces.map(({ hashes }) => hashes)).toEqual([0, 0, 0, 0]);
});

test('X-03, T-PWD-01: a reset with a wrong name tells nothing, also when the day is used up', async () => {
  const seen = await inEveryState(({ call, world, trace }) =>
    onceMore(6, async () => {
      const ticket = await ticketFor(call, world, 'recover');
      return trace('recovery.identify', { documentType, number, name: '林知近', ticket });
    }),
  );
  const traces = expectNoDifference(seen);
  expect(traces.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 429]);
  expect(traces.map(({ ciphers }) => ciphers)).toEqual([1, 1, 1, 1, 1, 0]);
  expect(traces.map(({ hashes }) => hashes)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('X-03, T-REG-16: a registration tells nothing until the phone is proved', async () => {
  const seen = await inEveryState(async ({ call, world, trace }) => [
    await trace('registration.saveDocument', documentAnswersOf(citizen)),
    await trace('registration.savePassword', passwordAnswers),
    await trace('registration.current'),
    await trace('registration.sendCode', {
      email: 'someone@example.com',
      mobile: '19900000088',
      ticket: await ticketFor(call, world, 'register'),
    }),
    await trace('registration.current'),
    await trace('registration.proveContact', { code: '12345' }),
    await trace('registration.proveContact', { code: notTheCode(world) }),
    await trace('registration.submit', { hasAgreed: true }),
  ]);
  const traces = expectNoDifference(seen);
  expect(traces.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 400, 400, 409]);
});

/** Six digits that are not those on the phone. */
const notTheCode = ({ sandbox }: TestWorld) =>
  sandbox.phone.lastCode('19900000088') === '000000' ? '000001' : '000000';

test('what the traces do tell: the right facts are answered otherwise', async () => {
  const seen = await inEveryState(async ({ call, world, trace }) => [
    await trace('recovery.identify', {
      documentType,
      number,
      name,
      ticket: await ticketFor(call, world, 'recover'),
    }),
  ]);
  expect(Object.values(seen).map(([trace]) => trace?.status)).toEqual([400, 200, 200, 412]);
  expect(Object.values(seen).at(-1)?.[0]?.text).toContain('recovery.registered_too_early');
  // Whoever knows all three is answered for as many round trips, whichever answer it is.
  expect(new Set(Object.values(seen).map(([trace]) => trace?.roundTrips))).toEqual(new Set([2]));
});
