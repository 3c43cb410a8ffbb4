import { recipientFor } from '../account/recipients.ts';
import { channelStopTable, noticeTable, outboxTable } from '@shiming/db';
import type { MessageClass } from '@shiming/db';
import { maskEmail } from '@shiming/domain';
import type { HandOver, Mail, MailResult, Outcome } from '@shiming/providers';
import { createSmtpMail } from '@shiming/providers/mail';
import { createNodeConnect } from '@shiming/providers/testing/node-connect';
import { sandboxCredentials, sandboxMail } from '@shiming/sandbox';
import { startMailServer } from '@shiming/sandbox/server';
import { asc, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { runJobs } from '../run-jobs.ts';
import { citizenNamed, register } from '../testing/people.ts';
import { atOnce } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { deliverWaiting, enqueueMail, reportOutbox, settleOutbox } from './outbox.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const address = 'someone@example.com';

let world: TestWorld;
/** What the mail server says to each mail. */
let answer: (mail: Mail, handOver: HandOver) => Outcome | Promise<Outcome>;
/** The subjects that the server was given, in order. */
let given: string[];
beforeEach(async () => {
  world = await createTestWorld();
  answer = () => 'accepted';
  given = [];
});
afterEach(() => world.close());

async function send(mail: Mail, handOver: HandOver): Promise<MailResult> {
  const outcome = await answer(mail, handOver);
  const isGiven = outcome === 'accepted' || outcome === 'unclear';
  if (isGiven && !(await handOver.begin())) {
    return { outcome: 'busy', vendor: 'smtp', vendorCode: 'not_begun', vendorMessageId: null };
  }
  given.push(mail.subject);
  return { outcome, vendor: 'smtp', vendorCode: outcome, vendorMessageId: null };
}

/** A request whose mail server takes what is handed over and says what `answer` has for it. */
const request = (): Ctx => ({ ...world.ctx(), mail: { send } });

const dies = () => Promise.reject(new Error('the isolate is gone'));

async function queue(
  subject: string,
  { as = 'notice', expiresInMs = day }: { as?: MessageClass; expiresInMs?: number } = {},
  accountId: string | null = null,
): Promise<void> {
  const ctx = request();
  const mail = { to: recipientFor(address, 'staff'), subject, text: '', html: '' };
  const waits = { as, accountId, expiresAtMs: ctx.now() + expiresInMs };
  await ctx.db.batch(await enqueueMail(ctx, mail, waits));
  world.advance(1);
}

const rows = () => world.ctx().db.select().from(outboxTable).orderBy(asc(outboxTable.createdAtMs));
const statuses = async () => (await rows()).map(({ status }) => status);

/** The run of every minute, for so many minutes. */
async function minutes(many: number, ctx = request) {
  for (let run = 0; run < many; run += 1) {
    await settleOutbox(world.ctx());
    await deliverWaiting(ctx(), { limit: 300, budgetMs: 40_000 });
    world.advance(minute);
  }
}

describe('a channel that takes nothing', () => {
  test.each(['down', 'misconfigured'] as const)(
    '%s for an hour: nothing is lost, one mail tries now and then, and when it is mended each goes out once',
    async (outcome) => {
      const subjects = Array.from({ length: 12 }, (_, index) => `mail ${index}`);
      for (const subject of subjects) await queue(subject, { expiresInMs: 7 * day });
      answer = () => outcome;
      await minutes(60);
      expect(new Set(await statuses())).toEqual(new Set(['waiting']));
      // The pause between two tries grows to five minutes.
      expect(given.length).toBeGreaterThan(10);
      expect(given.length).toBeLessThan(20);
      expect((await reportOutbox(world.ctx())).alarms).toEqual([
        `mail_stopped smtp ${outcome}`,
        'mail_overdue',
      ]);
      answer = () => 'accepted';
      given = [];
      await minutes(6);
      expect(given.toSorted()).toEqual(subjects.toSorted());
      expect(new Set(await statuses())).toEqual(new Set(['sent']));
      expect(await reportOutbox(world.ctx())).toEqual({
        waiting: 0,
        oldestWaitingMs: null,
        alarms: [],
      });
    },
  );

  test('a password changed at the SMTP server for an hour loses no mail, and the job’s line names the 535', async () => {
    const { mail } = world.sandbox;
    const credentials = sandboxCredentials.smtp;
    const server = await startMailServer({ mail, port: 0, credentials });
    onTestFinished(() => server.close());
    const smtp = createSmtpMail({
      ...credentials,
      host: '127.0.0.1',
      port: server.port,
      secure: 'none',
      from: { name: '', address: sandboxMail.from },
      connect: createNodeConnect(),
      now: () => world.nowMs(),
      timeoutMs: 10_000,
    });
    const overSmtp = (): Ctx => ({ ...world.ctx(), mail: smtp });
    const subjects = ['a', 'b', 'c'];
    for (const subject of subjects) await queue(subject, { expiresInMs: 7 * day });

    await mail.setMode('password_changed');
    await minutes(60, overSmtp);
    expect(await statuses()).toEqual(['waiting', 'waiting', 'waiting']);
    expect((await runJobs(overSmtp())).messages).toMatchObject({
      waiting: 3,
      alarm: 'mail_stopped smtp 535; mail_overdue',
    });

    await mail.setMode('working');
    await minutes(12, overSmtp);
    expect(mail.messages().map(({ subject }) => subject)).toEqual(expect.arrayContaining(subjects));
    expect(mail.messages()).toHaveLength(3);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  });

  test('what could not be reached keeps its order', async () => {
    for (const subject of ['a', 'b', 'c']) await queue(subject);
    answer = () => 'down';
    await minutes(10);
    answer = () => 'accepted';
    given = [];
    await minutes(6);
    expect(given).toEqual(['a', 'b', 'c']);
  });

  test('is left alone by every sender but the one with the probe, however many come', async () => {
    for (const subject of ['a', 'b', 'c']) await queue(subject);
    answer = () => 'down';
    await deliverWaiting(request());
    await Promise.all(Array.from({ length: 10 }, () => deliverWaiting(request())));
    expect(given).toEqual(['a']);
    world.advance(30_000);
    await Promise.all(Array.from({ length: 10 }, () => deliverWaiting(request())));
    expect(given).toEqual(['a', 'a']);
  });

  test('is not left alone for the hours by which a clock was ahead that stopped it, nor is what a sender held', async () => {
    const hoursMs = 9 * 3_600_000;
    for (const subject of ['a', 'b']) await queue(subject);
    const ahead = { ...request(), now: () => world.nowMs() + hoursMs };
    answer = () => 'down';
    await deliverWaiting(ahead);
    await world
      .ctx()
      .db.run(
        `update outbox set status = 'taken', due_at_ms = ${world.nowMs() + hoursMs} where attempts = 0`,
      );
    answer = () => 'accepted';
    expect(await settleOutbox(request())).toEqual({ returned: 1, unclear: 0 });
    await deliverWaiting(request());
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  test('a mail that was written by a clock that was ahead goes out when the clock is right, and one that is to go out later does not', async () => {
    for (const subject of ['ahead', 'later']) await queue(subject);
    const { db } = world.ctx();
    const due = (subject: string, inMs: number) =>
      db.run(
        `update outbox set due_at_ms = ${world.nowMs() + inMs} where rowid = ${subject === 'ahead' ? 1 : 2}`,
      );
    await due('ahead', 9 * 3_600_000);
    await due('later', 3_600_000);
    answer = () => 'accepted';
    await settleOutbox(request());
    await deliverWaiting(request());
    expect(await statuses()).toEqual(['sent', 'waiting']);
  });

  test('a mail that the server refuses our account for is not the only one that tries', async () => {
    for (const subject of ['a', 'b']) await queue(subject);
    answer = ({ subject }) => (subject === 'a' ? 'misconfigured' : 'accepted');
    await minutes(10);
    expect(given).toContain('b');
    expect(await statuses()).toEqual(['waiting', 'sent']);
  });

  test('a mail that alone is answered as if the channel were down stops the others for a while, not until its end', async () => {
    await queue('urgent', { as: 'code', expiresInMs: 7 * day });
    for (let mail = 0; mail < 5; mail += 1) await queue(`mail ${mail}`);
    answer = ({ subject }) => (subject === 'urgent' ? 'down' : 'accepted');
    await minutes(40);
    expect(await statuses()).toEqual(['waiting', ...Array.from({ length: 5 }, () => 'sent')]);
  });

  test('urgent mails that our account is refused for do not keep every probe to themselves', async () => {
    for (let mail = 0; mail < 4; mail += 1) await queue(`code ${mail}`, { as: 'code' });
    for (let mail = 0; mail < 3; mail += 1) await queue(`mail ${mail}`);
    answer = ({ subject }) => (subject.startsWith('code') ? 'misconfigured' : 'accepted');
    await minutes(40);
    expect((await statuses()).slice(4)).toEqual(['sent', 'sent', 'sent']);
  });

  test('silence after a mail was given away costs that one, not all that wait', async () => {
    for (let mail = 0; mail < 10; mail += 1) await queue(`mail ${mail}`);
    answer = () => 'unclear';
    await deliverWaiting(request());
    answer = () => 'accepted';
    await minutes(3);
    expect(await statuses()).toEqual(['unclear', ...Array.from({ length: 9 }, () => 'sent')]);
  });
});

describe('one mail that is not taken', () => {
  test('for its recipient’s sake holds up no other: the rest goes out in the same run', async () => {
    for (const subject of ['slow', 'b', 'c']) await queue(subject);
    answer = ({ subject }) => (subject === 'slow' ? 'busy' : 'accepted');
    await deliverWaiting(request());
    expect(given).toEqual(['slow', 'b', 'c']);
    expect(await statuses()).toEqual(['waiting', 'sent', 'sent']);
    expect(await world.ctx().db.$count(channelStopTable)).toBe(0);
  });

  test('waits longer from try to try, up to half an hour', async () => {
    await queue('a');
    answer = () => 'busy';
    const waits: number[] = [];
    for (let tries = 1; tries <= 9; tries += 1) {
      await deliverWaiting(request());
      const waitMs = ((await rows())[0]?.dueAtMs ?? 0) - world.nowMs();
      world.advance(waitMs - 1);
      await deliverWaiting(request());
      expect(given).toHaveLength(tries);
      world.advance(1);
      waits.push(waitMs / 1000);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1800, 1800]);
  });

  test('refused for good: it fails, and its person reads so in the portal, once a day', async () => {
    const { signedIn } = await register(world, citizenNamed('林知远'));
    const { id } = signedIn.account;
    answer = () => 'refused';
    for (const subject of ['a', 'b']) await queue(subject, {}, id);
    await minutes(2);
    const [told, ...others] = await world.ctx().db.select().from(noticeTable);
    expect(told).toMatchObject({
      accountId: id,
      kind: 'mail_refused',
      facts: { contact: maskEmail(address) },
    });
    expect(others).toEqual([]);
    const mails = (await rows()).filter(({ channel }) => channel === 'mail');
    expect(mails.map(({ status }) => status)).toEqual(['failed', 'failed']);
  });

  test('refused for good, of an account that is gone: nobody is told', async () => {
    answer = () => 'refused';
    await queue('a', {}, 'gone');
    await minutes(1);
    expect(await world.ctx().db.$count(noticeTable)).toBe(0);
  });

  test('that does not open holds up no other, and waits for its key', async () => {
    await queue('a');
    await world.ctx().db.update(outboxTable).set({ messageSealed: 'v9.x' });
    await queue('b');
    await deliverWaiting(request());
    expect(given).toEqual(['b']);
    expect(await rows()).toMatchObject([
      { status: 'waiting', vendorCode: 'unreadable' },
      { status: 'sent' },
    ]);
  });

  test('past its time is not sent any more', async () => {
    await queue('a', { expiresInMs: minute });
    world.advance(minute);
    await deliverWaiting(request());
    expect(given).toEqual([]);
  });
});

describe('what is urgent goes first', () => {
  test('4,000 notices in front: the code goes out with the request that wrote it', async () => {
    await queue('notice');
    const [one] = await rows();
    if (one === undefined) throw new Error('no row');
    const { db } = world.ctx();
    for (let batch = 0; batch < 40; batch += 1) {
      const hundred = Array.from({ length: 100 }, (_, i) => ({ ...one, id: `n${batch}-${i}` }));
      await db.insert(outboxTable).values(hundred);
    }
    await queue('decision', { as: 'decision' });
    await queue('code', { as: 'code' });
    await deliverWaiting(request());
    expect(given.slice(0, 3)).toEqual(['code', 'decision', 'notice']);
  });
});

test('what is next is read from an index, and all that waits is neither scanned nor sorted for it', async () => {
  await queue('a');
  const ctx = request();
  const asked: SQL[] = [];
  const batch = ctx.db.batch.bind(ctx.db);
  const noted = (statements: readonly SQLWrapper[]) => {
    asked.push(...statements.map((statement) => statement.getSQL()));
    return batch(statements as never);
  };
  await deliverWaiting({ ...ctx, db: Object.assign(Object.create(ctx.db), { batch: noted }) });
  expect(given).toEqual(['a']);
  const plans: string[] = [];
  for (const statement of asked) {
    const plan = sql`explain query plan ${statement}`;
    plans.push(...(await world.ctx().db.all<{ detail: string }>(plan)).map((row) => row.detail));
  }
  expect(plans.some((detail) => detail.includes('outbox_next'))).toBe(true);
  expect(plans.filter((detail) => /SCAN|TEMP B-TREE/.test(detail))).toEqual([]);
});

describe('a sender', () => {
  test.each([10, 2])('of %i at once hands a mail over once', async (senders) => {
    const subjects = ['a', 'b', 'c', 'd', 'e'];
    for (const subject of subjects) await queue(subject);
    await Promise.all(Array.from({ length: senders }, () => deliverWaiting(request())));
    expect(given.toSorted()).toEqual(subjects);
  });

  test('that dies before it gives the mail away: the mail waits again when the lease ends, and is sent', async () => {
    for (const subject of ['a', 'b']) await queue(subject);
    answer = dies;
    await expect(deliverWaiting(request())).rejects.toThrow('the isolate is gone');
    expect(await statuses()).toEqual(['taken', 'waiting']);
    world.advance(30_001);
    expect(await settleOutbox(world.ctx())).toEqual({ returned: 1, unclear: 0 });
    answer = () => 'accepted';
    await deliverWaiting(request());
    expect(given.toSorted()).toEqual(['a', 'b']);
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  test('that dies while it gives the mail away leaves it unclear: it is not sent again, and its person reads so', async () => {
    const { signedIn } = await register(world, citizenNamed('林知远'));
    const { id } = signedIn.account;
    await world.ctx().db.delete(outboxTable);
    for (const subject of ['a', 'b']) await queue(subject, {}, id);
    answer = async (_, { begin }) => {
      await begin();
      return dies();
    };
    await expect(deliverWaiting(request())).rejects.toThrow('the isolate is gone');
    world.advance(30_001);
    const settled = await atOnce(2, () => settleOutbox(world.ctx()));
    expect(settled.done.reduce((sum, { unclear }) => sum + unclear, 0)).toBe(1);
    expect(await world.ctx().db.select().from(noticeTable)).toMatchObject([
      { accountId: id, kind: 'mail_lost', facts: { contact: maskEmail(address) } },
    ]);
    answer = () => 'accepted';
    await minutes(2);
    expect(given).toEqual(['b']);
    expect(await statuses()).toEqual(['unclear', 'sent']);
  });

  test('whose lease has ended gives nothing away: the mail is another’s by then', async () => {
    await queue('a');
    answer = async (): Promise<Outcome> => {
      world.advance(30_001);
      await settleOutbox(world.ctx());
      answer = () => 'accepted';
      await deliverWaiting(request());
      return 'accepted';
    };
    await deliverWaiting(request());
    expect(given).toEqual(['a']);
    expect(await statuses()).toEqual(['sent']);
  });

  test('names the mail alike in all its tries', async () => {
    await queue('a');
    const ids: string[] = [];
    answer = (_, { id }) => {
      ids.push(id);
      return ids.length < 3 ? 'busy' : 'accepted';
    };
    await minutes(3);
    expect(ids).toHaveLength(3);
    expect(new Set(ids)).toEqual(new Set([(await rows())[0]?.id]));
  });

  test('after a request takes no mail when its time is up: it ends well before workerd’s 30 seconds', async () => {
    for (let mail = 0; mail < 10; mail += 1) await queue(`mail ${mail}`);
    answer = () => {
      world.advance(2_000);
      return 'busy';
    };
    await deliverWaiting(request());
    expect(given).toHaveLength(3);
  });
});
