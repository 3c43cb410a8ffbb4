import { officeQuestionTable } from '@shiming/db';
import { officeWithKey } from '@shiming/services/testing/office';
import { parsePortals } from '@shiming/domain';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';

const publicOrigin = 'https://shiming.test';
const url = `${publicOrigin}/business/office/v1/authorisation.check`;
let world: TestWorld;
let lines: Record<string, unknown>[];
let send: (request: Request) => Promise<Response>;

beforeEach(async () => {
  world = await createTestWorld();
  lines = [];
  const app = createApp({
    world: {
      weChatInbox: () => undefined,
      depsFor: (defer, meter) => ({ ...world.ctx(meter === undefined ? {} : { meter }), defer }),
    },
    portals: parsePortals('teacher,student,business'),
    publicOrigin,
    addressHeader: 'x-real-ip',
    log: (line) => lines.push(line),
    newId: () => 'id',
    now: () => world.nowMs(),
  });
  const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  send = async (request) => app.fetch(request, {}, execution);
});
afterEach(() => world.close());

const office = (at = url) =>
  officeWithKey(world.ctx(), {
    url: at,
    keysUrl: `${publicOrigin}/business/office/v1/keys`,
    keyId: 'office-1',
    fetch: send,
    now: () => world.nowMs(),
  });

const question = { idNumber: '000000190001010000', purpose: 'establish' };

test('E-AUT-02: a signed question gets a signed answer, no cookie, and a line without the number', async () => {
  const asking = await office();
  const request = await asking.request(question);
  const reply = await asking.send(request);
  expect(reply).toMatchObject({ status: 200, isGenuine: true, said: { answer: 'no' } });
  expect((await send(request)).headers.getSetCookie()).toEqual([]);
  const [line] = lines;
  expect(line).toMatchObject({
    procedure: 'office.authorisation.check',
    outcome: 'ok',
    status: 200,
    roundTrips: 3,
  });
  expect(JSON.stringify(lines)).not.toContain(question.idNumber);
});

/** Ten thousand take 22 s of CPU: `OFFICE_QUESTIONS=10000 pnpm exec vitest run apps/worker/src/office.test.ts`. */
const questions = Number(process.env['OFFICE_QUESTIONS'] ?? 500);
const atOnce = 250;

test('E-AUT-02: many signed questions with one nonce get one answer', async () => {
  const asking = await office();
  const nonce = 'bm9uY2UtMDAwMDAwMDAwMQ';
  const signed = await Promise.all(
    ['r-1', 'r-2', 'r-3', 'r-4'].map((requestId) =>
      asking.request({ ...question, requestId, nonce }),
    ),
  );
  const receipts = new Set<string>();
  const statuses = new Set<number>();
  for (let sent = 0; sent < questions; sent += atOnce) {
    const answers = await Promise.all(
      Array.from({ length: atOnce }, (_, at) =>
        send((signed[at % signed.length] ?? new Request(url)).clone()),
      ),
    );
    for (const answer of answers) {
      statuses.add(answer.status);
      if (answer.ok) receipts.add(((await answer.json()) as { receipt: string }).receipt);
    }
  }
  expect([receipts.size, statuses]).toEqual([1, new Set([200, 409])]);
  expect(await world.ctx().db.select().from(officeQuestionTable)).toHaveLength(1);
});

test('without a signature, with too much, by GET, or at another portal there is no answer', async () => {
  const bare = new Request(url, { method: 'POST', body: JSON.stringify(question) });
  expect((await send(bare)).status).toBe(401);
  const large = new Request(url, { method: 'POST', body: 'x'.repeat(5_000) });
  expect((await send(large)).status).toBe(413);
  const teacher = await office(`${publicOrigin}/office/v1/authorisation.check`);
  expect(await teacher.check(question)).toMatchObject({ status: 401 });
  expect(lines[0]).toMatchObject({ outcome: 'request.origin_refused' });
});
