import { newMeter } from '@shiming/db';
import { type Citizen, citizens } from '@shiming/sandbox';
import { signIn } from '@shiming/services/login/sign-in';
import { runJobs } from '@shiming/services/run-jobs';
import { measure as measureForWatch } from '@shiming/services/watch/measure';
import { authenticate } from '@shiming/services/session/session';
import { verify } from '@shiming/services/verification/verify';
import { documentAnswersOf, testPassword, type TestWorld } from '@shiming/services/testing';
import { registerCompletely } from '@shiming/services/testing/people';
import { giveTestTicket } from '@shiming/services/testing/tickets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSqldWorld } from './testing/sqld-world.ts';

let world: TestWorld;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ world, stop } = await startSqldWorld());
});
afterAll(() => stop());

const citizen = citizens.find(({ outcome }) => outcome === 'match') as Citizen;
const { name, validityStart, validityTerm } = documentAnswersOf(citizen);

/** Other people, from one number up to another, each with what an account gathers in its first day. */
async function addPeople(from: number, to: number): Promise<void> {
  const { db } = world.ctx();
  const insert = (rows: string) =>
    db.run(
      `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to}) ${rows}`,
    );
  const atMs = world.nowMs() - 1_000;
  const soonMs = atMs + 86_400_000;
  await insert(
    `insert into account (id, portal, document_type, identity_sealed, profile_sealed,
     password_hash, created_at_ms, version, key_id) select 'a' || i, '${world.ctx().portal.id}', 'resident_identity_card', 'v1.x',
     'v1.x', 'x', ${atMs}, 1, 'v1' from n`,
  );
  await insert(
    `insert into attestation (id, account_id, kind, level, about, source_id, at_ms) select 't' || i, 'a' || i, 'four_factors', 3, 1, 'v' || i, ${atMs} from n`,
  );
  await insert(
    `insert into identifier (id, account_id, kind, "index", sealed, proved_at_ms, signs_in, key_id)
     select 'a' || i || '.' || kind, 'a' || i, kind, 'i1.' || kind || printf('%032x', i), 'v1.x', ${atMs}, kind = 'document_number', 'v1'
     from n, (select 'document_number' as kind union all select 'mobile' union all select 'email')`,
  );
  await insert(
    `insert into session (id, secret_hash, account_id, created_at_ms, last_seen_at_ms, ended_at_ms, label,
     proved_at_ms) select 's' || i, 'x', 'a' || i, ${atMs}, ${atMs}, null, 'x', null from n`,
  );
  await insert(
    `insert into verification select 'v' || i, 'a' || i, ${atMs}, ${atMs}, 'matched', 'x', '0', null from n`,
  );
  await insert(
    `insert into allowance select 'v' || i, 'verification', 'a' || i, ${atMs}, 1, null from n`,
  );
  await insert(
    `insert into allowance select 'l' || i, 'login', printf('%032x', i), ${atMs}, 1, null from n`,
  );
  await insert(
    `insert into allowance select 's' || i, 'sms', printf('%032x', i), ${atMs}, 1, null from n`,
  );
  await insert(
    `insert into challenge select 'c' || i, 'ticket.login', 'd' || i, 'x', 1, ${atMs}, ${soonMs}, null from n`,
  );
  await insert(
    `insert into registration select 'r' || i, 'x', 'collecting', 'v1.x', 1, ${atMs}, ${soonMs}, 'v1', 'teacher' from n`,
  );
  await insert(
    `insert into outbox select 'o' || i, 'sms', 'v1.x', 'sent', 1, ${atMs}, ${soonMs}, ${atMs}, ${atMs},
     'x', 'OK', 'x', 'v1', 0, null, null, 'teacher' from n`,
  );
  await insert(
    `insert into audit select 'u' || i, ${atMs}, 'anonymous', 'test.filled', 'a' || i, 'x', '{}', 1 from n`,
  );
}

/**
 * What sorts after everybody else's. A search along an index looks at one row more than it finds, unless the index
 * ends there; with these it never does, wherever the keyed hashes of the day fall.
 */
async function addLast(): Promise<void> {
  const { db } = world.ctx();
  const farMs = world.nowMs() + 3_650 * 86_400_000;
  await db.run(`insert into allowance values ('~', '~', '~', ${farMs}, 1, null)`);
  await db.run(
    `insert into account (id, portal, created_at_ms, key_id) values ('~', '~', 0, 'v1')`,
  );
  await db.run(`insert into consent values ('~', '~', '~', '~', 0, null, '~', '~', '~', null)`);
  await db.run(
    `insert into attestation (id, account_id, kind, level, source_id, at_ms) values ('~', '~', '~', 0, '~', 0)`,
  );
  await db.run(`insert into challenge values ('~', '~', '~', 'x', 1, ${farMs}, ${farMs}, null)`);
}

/** How many rows the server looked at for each, in a browser and at an address never seen before. */
async function rowsRead(place: string) {
  const visitor = { deviceId: place, address: place };
  const measure = async <T>(work: (ctx: ReturnType<TestWorld['ctx']>) => Promise<T>) => {
    const meter = newMeter();
    const result = await work(world.ctx({ meter, visitor }));
    return { result, rows: meter.rowsRead };
  };
  const signInAs = async (number: string) => {
    const ticket = await giveTestTicket(world.ctx({ visitor }), 'login');
    return measure((ctx) =>
      signIn(ctx, { name: number, password: testPassword, ticket }).catch(() => null),
    );
  };
  const login = await signInAs(citizen.number);
  const unknown = await signInAs('H99999999');
  const session = await measure((ctx) => authenticate(ctx, login.result?.sessionToken ?? null));
  const signedIn = session.result;
  if (signedIn === null) throw new Error('the session is not one');
  const verification = await measure((ctx) =>
    verify(ctx, signedIn, { name, validityStart, validityTerm }),
  );
  // What was recorded is sealed and what has ended is cleared, so that the measured run finds nothing to do.
  world.advance(60_000);
  await runJobs(world.ctx());
  const jobs = await measure(runJobs);
  const watch = await measure(measureForWatch);
  return {
    signIn: login.rows,
    unknown: unknown.rows,
    authenticate: session.rows,
    verify: verification.rows,
    jobs: jobs.rows,
    watch: watch.rows,
  };
}

test('login, session check, verification, the jobs and the metrics read as many rows with 50,000 accounts as with 1,000', async () => {
  await registerCompletely(world, citizen);
  await addLast();
  await addPeople(1, 1_000);
  // The first verification does more than those after it.
  await rowsRead('first');
  world.advance(86_400_000);
  const few = await rowsRead('few');
  for (let from = 1_000; from < 50_000; from += 9_800) await addPeople(from, from + 9_800);
  world.advance(86_400_000);
  const many = await rowsRead('many');
  expect(await world.ctx().db.all('select count(*) as n from account')).toEqual([{ n: 50_001 }]);
  expect(many).toEqual(few);
  for (const rows of Object.values(many)) expect(rows).toBeGreaterThan(0);
  // The jobs look a few times at every table that has an end or a key, whatever it holds.
  const { jobs, signIn: login, ...requests } = many;
  const tables = await world.ctx().db.all(`select 1 from sqlite_master where type = 'table'`);
  expect(jobs).toBeLessThan(5 * tables.length);
  // From a browser that was never seen: six claims made and given back, of the name and of the account, the account with its four
  // identifiers, and a notice by page, mail and SMS. A number is looked for as two kinds of identifier.
  expect(login).toBeLessThan(80);
  for (const rows of Object.values(requests)) expect(rows).toBeLessThan(30);
});
