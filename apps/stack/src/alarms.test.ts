import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  auditTable,
  caseTable,
  channelStopTable,
  outboxTable,
  verificationTable,
} from '@shiming/db';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { withoutDatabase } from '@shiming/services/testing/outside-down';
import { citizenNamed, registerUntilCode } from '@shiming/services/testing/people';
import { runJobs } from '@shiming/services/run-jobs';
import { measure, measures } from '@shiming/services/watch/measure';
import { counters, createWatch, prometheusText } from '@shiming/worker/watch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './paths.ts';

/** The rows of the table of alarms: name and expression. */
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
const alarms = Array.from(
  page.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm),
  ([, name = '', expression = '']) => ({
    name,
    expression,
  }),
);

let world: TestWorld;
let watch: ReturnType<typeof createWatch>;
/** Requests that wait for a connection. */
let waiting: number;
let isDatabaseAway: boolean;
beforeEach(async () => {
  world = await createTestWorld();
  watch = createWatch(() => world.nowMs());
  waiting = 0;
  isDatabaseAway = false;
});
afterEach(() => world.close());

const seconds = 1_000;
const minutes = 60 * seconds;

type Scrape = { atMs: number; text: string };

async function scrape(): Promise<Scrape> {
  const ctx = world.ctx();
  const measured = await measure(isDatabaseAway ? withoutDatabase(ctx) : ctx).catch(() => null);
  const text = prometheusText(watch.samples({ kept: 0, in_use: 0, waiting }, measured));
  return { atMs: world.nowMs(), text };
}

/** The values of a name whose labels are as asked, by their labels. */
function valuesIn({ text }: Scrape, name: string, matchers: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const [, labels = '', value] of text.matchAll(
    new RegExp(String.raw`^${name}(?:\{(.*)\})? ([\d.e+-]+)$`, 'gm'),
  )) {
    const isAsked = matchers
      .split(',')
      .filter(Boolean)
      .every((matcher) =>
        matcher.includes('!=')
          ? !labels.includes(matcher.replace('!=', '='))
          : labels.includes(matcher),
      );
    if (isAsked) values.set(labels, Number(value));
  }
  return values;
}

const form = /^(time\(\) - |increase\()?(\w+)(?:\{(.*?)\})?(?:\[\d+m\]\))? (>|==) (\d+)$/;

/** Whether an expression of the table holds for one of its series, between two looks. */
function fires(expression: string, before: Scrape, after: Scrape): boolean {
  const [, how, name = '', matchers = '', is, limit] = form.exec(expression) ?? [];
  const earlier = valuesIn(before, name, matchers);
  return [...valuesIn(after, name, matchers)].some(([labels, value]) => {
    const reckoned =
      how === 'increase('
        ? value - (earlier.get(labels) ?? 0)
        : how === undefined
          ? value
          : after.atMs / seconds - value;
    return is === '>' ? reckoned > Number(limit) : reckoned === Number(limit);
  });
}

const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

async function jobs(ctx = world.ctx()) {
  await runJobs(ctx, (line) => watch.line({ procedure: 'jobs', ...line }));
}
const answered = (count: number, outcome: string, ms = 5) =>
  many(count, () => watch.line({ procedure: 'login.identify', outcome, ms, rowsRead: 3 }));

/** So many codes by SMS, at one instant. */
const spend = (count: number) =>
  world.ctx().db.run(
    `insert into allowance with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
      select 's' || i, 'sms', i, ${world.nowMs()}, 1, null from n`,
  );

const message = (index: number, status: 'waiting' | 'unclear') => ({
  id: `m${index}`,
  channel: 'mail' as const,
  portal: 'teacher',
  messageSealed: 'v1.AAAA',
  status,
  dueAtMs: world.nowMs(),
  expiresAtMs: world.nowMs() + 60 * minutes,
  createdAtMs: world.nowMs(),
  keyId: 'v1',
});
const question = (index: number, status: 'asked' | 'unavailable') => ({
  id: `q${index}`,
  accountId: `a${index}`,
  askedAtMs: world.nowMs(),
  status,
});
const stop = () =>
  world
    .ctx()
    .db.insert(channelStopTable)
    .values({
      channel: 'mail',
      sinceMs: world.nowMs(),
      probeAtMs: world.nowMs() + 60 * minutes,
      failures: 1,
      vendor: 'smtp',
      vendorCode: 'down',
    });

/** What makes each alarm fire. */
const causes: Readonly<Record<string, () => unknown>> = {
  database_away: () => (isDatabaseAway = true),
  config_refused: () => watch.line({ outcome: 'config.refused', note: 'X is not set.' }),
  faults: () => answered(1, 'internal.unexpected'),
  unavailable: () => answered(21, 'service.unavailable'),
  slow: () => answered(201, 'ok', 1_001),
  streams_waiting: () => (waiting = 101),
  refused_often: () => answered(1_001, 'request.too_many'),
  jobs_stopped: async () => {
    await jobs();
    world.advance(5 * minutes + 1);
  },
  job_failing: async () => {
    for (let run = 0; run < 4; run += 1) await jobs(withoutDatabase(world.ctx()));
  },
  job_rows_failed: async () => {
    await registerUntilCode(world, citizenNamed('沈秀兰'), world.ctx());
    const vault = { id: 'v2', key: world.ctx().crypto.randomBytes(32) };
    await jobs(world.ctx({ keys: { ...world.keys, vault: [vault] } }));
  },
  job_behind: async () => {
    await stop();
    await world.ctx().db.insert(outboxTable).values(message(0, 'waiting'));
    world.advance(10 * minutes + 1);
    await jobs();
  },
  job_alarm: async () => {
    await stop();
    await jobs();
  },
  channel_stopped: async () => {
    await stop();
    world.advance(2 * minutes + 1);
  },
  messages_late: async () => {
    await world.ctx().db.insert(outboxTable).values(message(0, 'waiting'));
    world.advance(15 * minutes + 1);
  },
  messages_unclear: () =>
    world
      .ctx()
      .db.insert(outboxTable)
      .values(many(21, (index) => message(index, 'unclear'))),
  sms_ceiling: () => spend(2_001),
  sms_spent: () => spend(20_001),
  audit_unsealed: async () => {
    const row = { id: 'u', actor: 'system', action: 'test', requestId: 'r', facts: '{}' };
    await world
      .ctx()
      .db.insert(auditTable)
      .values({ ...row, atMs: world.nowMs() });
    world.advance(10 * minutes + 1);
  },
  cases_overdue: async () => {
    const nowMs = world.nowMs();
    await world
      .ctx()
      .db.insert(caseTable)
      .values({
        id: 'c',
        kind: 'ticket',
        portal: 'teacher',
        status: 'waiting',
        stage: 'first',
        channel: 'inbox',
        flags: [],
        createdAtMs: nowMs,
        dueAtMs: nowMs + minutes,
        keyId: 'v1',
      });
    world.advance(minutes + 1);
  },
  authority_failing: () =>
    world
      .ctx()
      .db.insert(verificationTable)
      .values(many(21, (index) => question(index, 'unavailable'))),
  authority_silent: () =>
    world
      .ctx()
      .db.insert(verificationTable)
      .values(many(51, (index) => question(index, 'asked'))),
  counterpart_away: async () => {
    const request = new Request('https://sms.example.cn/?PhoneNumbers=1');
    const answers = [...many(5, () => new Response(null, { status: 503 })), null];
    for (let call = 0; call < 18; call += 1) {
      const answer = answers[call % 6];
      const ask = async () => answer ?? Promise.reject(new TypeError('refused'));
      await watch.call(ask, request).catch(() => {});
    }
  },
  deferred_failing: () =>
    many(11, () => watch.line({ procedure: 'deferred', outcome: 'service.unavailable' })),
};

test('every alarm of the page is about names that exist, and has a cause here', () => {
  expect(alarms.map(({ name }) => name)).toEqual(Object.keys(causes));
  const names = new Set(Object.keys({ ...measures, ...counters }));
  for (const { expression } of alarms) {
    expect(expression).toMatch(form);
    expect(names).toContain(form.exec(expression)?.[2]);
  }
  const mentioned = new Set(page.match(/\bshiming_\w+/g));
  expect([...mentioned].filter((name) => !names.has(name))).toEqual([]);
});

describe('an alarm is silent while all is well, and fires with its cause', () => {
  test.each(alarms)('$name', async ({ name, expression }) => {
    const before = await scrape();
    expect(fires(expression, before, before)).toBe(false);
    await causes[name]?.();
    expect(fires(expression, before, await scrape())).toBe(true);
  });
});

test('jobs of a usual minute, and answers without faults, fire none', async () => {
  const before = await scrape();
  await registerUntilCode(world, citizenNamed('沈秀兰'), world.ctx());
  answered(300, 'ok');
  await watch.call(async () => new Response('ok'), new Request('https://sms.example.cn/'));
  world.advance(minutes);
  await jobs();
  const after = await scrape();
  expect(alarms.filter(({ expression }) => fires(expression, before, after))).toEqual([]);
  expect(valuesIn(after, 'shiming_sms_today', '')).toEqual(new Map([['', 1]]));
  expect(valuesIn(after, 'shiming_answers_total', '')).toEqual(new Map([['outcome="ok"', 300]]));
});

test('a look costs one round trip, and ends its counting where the backlog does not', async () => {
  const { db } = world.ctx();
  await db.run(
    `insert into audit with recursive n(i) as (select 1 union all select i + 1 from n where i < 10050)
      select 'u' || i, ${world.nowMs()}, 'anonymous', 'test.filled', null, 'x', '{}', null from n`,
  );
  const before = db.meter.roundTrips;
  const samples = await measure({ db, now: () => world.nowMs() });
  expect(db.meter.roundTrips - before).toBe(1);
  expect(samples.find(({ name }) => name === 'shiming_audit_unsealed')?.value).toBe(10_000);
});

test('nothing personal becomes a label: of an address the host alone', async () => {
  await watch.call(
    async () => new Response('ok'),
    new Request('https://sms.example.cn/?PhoneNumbers=19900000001'),
  );
  const { text } = await scrape();
  expect(text).toContain('shiming_calls_total{host="sms.example.cn",result="answered"} 1\n');
  expect(text).not.toContain('19900000001');
});
