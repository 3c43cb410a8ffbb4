import { allowanceTable, outboxTable } from '@shiming/db';
import { webCrypto } from '@shiming/providers/crypto';
import { createSmtpMail } from '@shiming/providers/mail';
import { createAliyunSms, createTencentSms, withFailover } from '@shiming/providers/sms';
import { createNodeConnect } from '@shiming/providers/testing/node-connect';
import { sandboxCredentials, sandboxMail, sandboxSms, vendorPaths } from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import type { Ctx } from '@shiming/services/context';
import { deliverWaiting, settleOutbox } from '@shiming/services/outbox/outbox';
import { identify } from '@shiming/services/recovery/identify';
import { sendRecoveryCode } from '@shiming/services/recovery/send-code';
import { sendRecoveryLink } from '@shiming/services/recovery/send-link';
import { runJobs } from '@shiming/services/run-jobs';
import type { TestWorld } from '@shiming/services/testing';
import { giveTestTicket } from '@shiming/services/testing/tickets';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { giveAccounts, madeUpPerson, type MadeUpPerson, placeOf } from './testing/people.ts';
import { startSqldWorld } from './testing/sqld-world.ts';

const minute = 60_000;

let world: TestWorld;
let outside: Awaited<ReturnType<typeof startSandbox>>;
let outsideDeps: Pick<Ctx, 'sms' | 'mail'>;
let stopWorld: () => Promise<void>;

// A real database, and real servers outside: SMTP over TCP and both SMS gateways over HTTP.
beforeEach(async () => {
  ({ world, stop: stopWorld } = await startSqldWorld());
  outside = await startSandbox({ port: 0, smtpPort: 0 });
  outsideDeps = vendors(30_000);
});
afterEach(async () => {
  await outside.close();
  await stopWorld();
});

/** The ports to the servers outside, for whose answers they wait so long. */
function vendors(timeoutMs: number): typeof outsideDeps {
  const { aliyun, tencent, smtp } = sandboxCredentials;
  // The servers outside have the machine's clock; only we live in the test's.
  const shared = {
    fetch: (request: Request) => fetch(request),
    now: Date.now,
    randomId: () => webCrypto.randomToken(16),
    timeoutMs,
  };
  return {
    mail: createSmtpMail({
      ...shared,
      host: '127.0.0.1',
      port: outside.smtpPort,
      secure: 'none',
      ...smtp,
      from: { name: sandboxSms.signName, address: sandboxMail.from },
      connect: createNodeConnect(),
    }),
    sms: withFailover(
      [
        createAliyunSms({
          ...shared,
          endpoint: `${outside.url}${vendorPaths.aliyunSms}`,
          ...aliyun,
          signName: sandboxSms.signName,
          templates: sandboxSms.aliyun,
        }),
        createTencentSms({
          ...shared,
          endpoint: `${outside.url}${vendorPaths.tencentSms}`,
          ...tencent,
          region: 'ap-guangzhou',
          appId: sandboxSms.tencentSdkAppId,
          signName: sandboxSms.signName,
          templates: sandboxSms.tencent,
        }),
      ],
      { now: () => world.nowMs(), failures: 5, openMs: 30_000 },
    ),
  };
}

/** People who have said whose password it is, each at an own place. */
async function crowd(from: number, count: number) {
  const people = Array.from({ length: count }, (_, index) => madeUpPerson(from + index));
  await giveAccounts(world, people);
  return Promise.all(people.map((person, index) => begin(person, from + index)));
}

async function begin(person: MadeUpPerson, index: number) {
  const ctx: Ctx = { ...world.ctx({ visitor: placeOf(index) }), ...outsideDeps };
  const { documentType, number, name } = person;
  const ticket = await giveTestTicket(ctx, 'recover');
  const { token } = await identify(ctx, { documentType, number, name, ticket });
  return { ...person, ctx, token };
}

type Begun = Awaited<ReturnType<typeof begin>>;

const jobs = () => runJobs({ ...world.ctx(), ...outsideDeps });
/** What the job for messages does, without all other jobs of the minute. */
async function deliver(): Promise<void> {
  const deps = { ...world.ctx(), ...outsideDeps };
  await settleOutbox(deps);
  await deliverWaiting(deps);
}

const askForLink = async ({ ctx, token }: Begun) =>
  sendRecoveryLink(ctx, token, { ticket: await giveTestTicket(ctx, 'recover') });
const arrived = () => outside.sandbox.mail.messages().map(({ address }) => address);

/**
 * A time in which five people at once ask for links, again and again; requests and two schedulers at once try to
 * deliver, and nothing arrives.
 */
async function withoutMail({ minutes, every }: { minutes: number; every: number }) {
  const asked: string[] = [];
  await outside.sandbox.mail.setMode('down');
  for (let at = 0; at < minutes; at += every) {
    const begun = await crowd(asked.length, 5);
    for (const person of begun) {
      await askForLink(person);
      asked.push(person.email);
      world.advance(1);
    }
    await Promise.all([world.settle(), deliver(), deliver()]);
    world.advance(every * minute);
  }
  expect(arrived()).toEqual([]);
  await outside.sandbox.mail.setMode('working');
  return asked;
}

describe('the mail server is away', () => {
  test('back again after an hour: every mail arrives, once, in the order in which they were asked for', async () => {
    const asked = await withoutMail({ minutes: 60, every: 10 });
    const tries = await world
      .ctx()
      .db.select({ is: outboxTable.attempts })
      .from(outboxTable)
      .orderBy(outboxTable.createdAtMs);
    const triedBefore = asked.filter((_, at) => (tries[at]?.is ?? 0) > 0);
    const untried = (all: string[]) => all.filter((each) => !triedBefore.includes(each));
    expect(triedBefore.length).toBeLessThanOrEqual(5);
    // What was tried most often is set aside for so long, and comes when that is over.
    world.advance(10 * minute);
    expect((await jobs()).messages.done).toBe(asked.length);
    expect(untried(arrived())).toEqual(untried(asked));
    expect(arrived().toSorted()).toEqual(asked.toSorted());
    await Promise.all([deliver(), deliver()]);
    expect(arrived()).toHaveLength(asked.length);
  });

  test('back again with many senders at once, and away once more in between: every mail arrives once', async () => {
    const asked = await withoutMail({ minutes: 12, every: 2 });
    world.advance(5 * minute);
    const [first] = [deliver(), deliver(), deliver(), deliver()];
    await expect.poll(() => arrived().length).toBeGreaterThan(10);
    await outside.sandbox.mail.setMode('busy');
    await first;
    await outside.sandbox.mail.setMode('working');
    for (let minutes = 0; minutes < 22; minutes += 2) {
      world.advance(2 * minute);
      await Promise.all([deliver(), deliver(), deliver()]);
    }
    expect(arrived().toSorted()).toEqual(asked.toSorted());
    const statuses = await world.ctx().db.select({ is: outboxTable.status }).from(outboxTable);
    expect(new Set(statuses.map(({ is }) => is))).toEqual(new Set(['sent']));
  });
});

const ask = async ({ ctx, token }: Begun) =>
  sendRecoveryCode(ctx, token, { ticket: await giveTestTicket(ctx, 'recover') });
const askAll = (people: readonly Begun[]) => Promise.all(people.map((person) => ask(person)));
const arrivedAt = ({ mobile }: MadeUpPerson) => outside.sandbox.phone.messages(mobile);
const charged = async () =>
  (await world.ctx().db.select().from(allowanceTable)).filter(
    ({ kind, isCounted }) => kind === 'sms' && isCounted,
  ).length;

describe('the SMS gateways fail under load', () => {
  test.for(['down', 'busy', 'misconfigured', 'overdue', 'day_limit'] as const)(
    'T-REG-12: the first is %s: every code goes by the second, once',
    async (mode) => {
      const people = await crowd(0, 40);
      outside.sandbox.gateway('aliyun').setMode(mode);
      const answers = await askAll(people);
      expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['sent']));
      for (const person of people) {
        expect(arrivedAt(person).map(({ vendor }) => vendor)).toEqual(['tencent']);
      }
      expect(await charged()).toBe(40);
    },
  );

  test('both are down: nobody is charged; when they are back everybody gets one code', async () => {
    const people = await crowd(0, 40);
    for (const vendor of ['aliyun', 'tencent'] as const) {
      outside.sandbox.gateway(vendor).setMode('down');
    }
    for (let round = 0; round < 3; round += 1) {
      for (const answer of await askAll(people)) {
        expect(answer).toMatchObject({ outcome: 'unavailable', recovery: { remainingToday: 3 } });
      }
    }
    expect(await charged()).toBe(0);
    expect(outside.sandbox.phone.messages()).toEqual([]);

    for (const vendor of ['aliyun', 'tencent'] as const) {
      outside.sandbox.gateway(vendor).setMode('working');
    }
    // The first to come finds the gateway back; until then the others are told that it is away.
    world.advance(30_000);
    let waiting: readonly Begun[] = people;
    for (let round = 0; round < 3; round += 1) {
      const answers = await askAll(waiting);
      waiting = waiting.filter((_, index) => answers[index]?.outcome !== 'sent');
    }
    expect(waiting).toEqual([]);
    for (const person of people) expect(arrivedAt(person)).toHaveLength(1);
    expect(await charged()).toBe(40);
  });

  test('the first takes the codes and answers too late: none is sent a second time, and nobody is charged', async () => {
    outsideDeps = vendors(2_000);
    const people = await crowd(0, 5);
    outside.sandbox.gateway('aliyun').setMode('slow');
    for (const answer of await askAll(people)) {
      expect(answer).toMatchObject({ outcome: 'unavailable', recovery: { remainingToday: 3 } });
    }
    await jobs();
    for (const person of people) {
      expect(arrivedAt(person).map(({ vendor }) => vendor)).toEqual(['aliyun']);
    }
    expect(await charged()).toBe(0);
  });
});
