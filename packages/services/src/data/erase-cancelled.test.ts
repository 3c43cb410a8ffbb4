import * as schema from '@shiming/db';
import type { Citizen } from '@shiming/sandbox';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identifierOf } from '../account/account.ts';
import type { Ctx } from '../context.ts';
import { requestCancellation, stopCancellation } from './cancellation.ts';
import { withdrawConsent } from './consents.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  registerCompletely,
  signInAs,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { refusalOf } from '../testing/refusals.ts';
import { storedTexts } from '../testing/storage.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { sendRecoveryLink } from '../recovery/send-link.ts';
import { verify } from '../verification/verify.ts';
import { clearExpired } from '../jobs/clear-expired.ts';
import { eraseCancelled } from './erase-cancelled.ts';
import { runJobs } from '../run-jobs.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const citizen = citizenNamed('林知远');

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const erase = () => eraseCancelled(world.ctx());
const accounts = () => world.ctx().db.$count(schema.accountTable);

async function closing(who: Citizen): Promise<Applicant> {
  const person = await proved(world, await registerCompletely(world, who));
  await requestCancellation(person.ctx, person.signedIn);
  return person;
}

/** Somebody with something in every capability, a minute before the account is due. */
async function closingWithAll(): Promise<Applicant> {
  const { ctx, signedIn } = await closing(citizen);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  await verify(ctx, signedIn, { name, validityStart, validityTerm });
  world.advance(7 * day - minute);
  const again = await signInAs(world.ctx(), citizen.number, testPassword);
  await refusalOf(signInAs(world.ctx(), citizen.number, 'wrong-1!'));
  const person = await proved(world, await applicantOf(world, again.sessionToken));
  await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
  const token = await identifyAs(world.ctx(), citizen);
  await askForRecoveryCode(world.ctx(), token);
  await sendRecoveryLink(world.ctx(), token, {
    ticket: await giveTestTicket(world.ctx(), 'recover'),
  });
  return person;
}

const tables = Object.values(schema).filter((each) => is(each, SQLiteTable));

/** A row of a table that is about an account, with its id wherever one may stand. */
function rowOf(table: SQLiteTable, accountId: string, at: number) {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, column]) => {
      if (name === 'accountId' || name === 'childId' || name === 'subject')
        return [name, accountId];
      if (name === 'purpose' && table === schema.wechatSceneTable) return [name, 'binding'];
      if (column.dataType === 'number') return [name, at];
      if (column.dataType === 'boolean') return [name, false];
      return [name, column.dataType === 'json' ? [] : `${name}-${at}`];
    }),
  );
}

describe('X-07, PIPL 47: what is left of an account that was closed', () => {
  test('nothing names its id, its number index or anything sealed for it, but the audit; and there are receipts', async () => {
    const { signedIn } = await closingWithAll();
    const { id, identifiers, identitySealed } = signedIn.account;
    const secrets = [id, identitySealed ?? '', ...identifiers.map(({ index }) => index ?? '')];
    const naming = async () =>
      (await storedTexts(world))
        .filter((text) => secrets.some((secret) => text.includes(secret)))
        .map((text) => text.slice(0, text.indexOf(':')));
    expect(new Set(await naming()).size).toBeGreaterThan(8);
    world.advance(minute);
    expect(await erase()).toBe(1);
    expect([...new Set(await naming())].toSorted()).toEqual(['audit.account_id', 'audit.actor']);
    expect(await accounts()).toBe(0);

    const { db } = world.ctx();
    const receipts = await db.select().from(schema.retentionReceiptTable);
    const counts = Object.fromEntries(receipts.map(({ kind, rows }) => [kind, rows]));
    expect(counts).toMatchObject({
      account: 1,
      consent: 2,
      session: 2,
      verification: 2,
      cancellation: 1,
    });
    const audit = await db.select().from(schema.auditTable);
    expect(audit.at(-1)).toMatchObject({
      action: 'account.erased',
      actor: 'system:retention',
      accountId: id,
      facts: '{}',
    });
  });

  test('every table with an account’s id is emptied of it', async () => {
    const { signedIn } = await closing(citizen);
    const { db } = world.ctx();
    const accountId = signedIn.account.id;
    const held = tables.filter((table) => {
      const columns = Object.keys(getTableColumns(table));
      return columns.includes('accountId') || columns.includes('subject');
    });
    expect(held.length).toBeGreaterThan(10);
    for (const [at, table] of held.entries()) {
      await db
        .insert(table)
        .values(rowOf(table, accountId, at))
        .onConflictDoNothing();
    }
    world.advance(7 * day);
    await erase();
    const left = (await storedTexts(world))
      .filter((text) => text.includes(accountId))
      .map((text) => text.slice(0, text.indexOf('.')));
    // A photo's row goes when the store's job has removed the photo.
    expect([...new Set(left)].toSorted()).toEqual(['audit', 'photo']);
    const photos = await db.select().from(schema.photoTable);
    expect(photos.map(({ removeAfterMs }) => removeAfterMs)).toEqual([world.nowMs()]);
    expect(getTableName(schema.photoTable)).toBe('photo');
  });

  test('messages are gone a day later, and then nothing personal is anywhere', async () => {
    await closingWithAll();
    await world.settle();
    world.advance(minute);
    await erase();
    world.advance(day + 60 * minute);
    await clearExpired(world.ctx());
    expect(await world.ctx().db.$count(schema.outboxTable)).toBe(0);
    const { db } = world.ctx();
    for (const table of tables) {
      const name = getTableName(table);
      if (['audit', 'audit_block', 'allowance', 'retention_receipt'].includes(name)) continue;
      expect([name, await db.$count(table)]).toEqual([name, 0]);
    }
  });

  test('nobody else loses anything', async () => {
    const other = await closing(citizenNamed('沈秀兰'));
    await stopCancellation(other.ctx, other.signedIn);
    const { id } = other.signedIn.account;
    const numberIndex = identifierOf(other.signedIn.account, 'document_number')?.index ?? '';
    const about = async () =>
      (await storedTexts(world)).filter((text) => text.includes(id) || text.includes(numberIndex));
    const before = await about();
    await closing(citizen);
    world.advance(7 * day);
    expect(await erase()).toBe(1);
    expect((await about()).toSorted()).toEqual(before.toSorted());
    expect(await accounts()).toBe(1);
  });
});

test('X-07: an account goes when it is due, not a millisecond before, by the minute’s job', async () => {
  await closing(citizen);
  world.advance(7 * day - 1);
  expect(await runJobs(world.ctx())).toMatchObject({ closed_accounts: { done: 0 } });
  expect(await accounts()).toBe(1);
  world.advance(1);
  expect(await runJobs(world.ctx())).toMatchObject({ closed_accounts: { done: 1 } });
  expect(await accounts()).toBe(0);
});

test('X-07: the number can be registered again, and is somebody new', async () => {
  const before = await closing(citizen);
  world.advance(7 * day);
  await erase();
  expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject({
    code: 'login.refused',
  });
  const after = await registerCompletely(world, citizen);
  expect(after.signedIn.account.id).not.toBe(before.signedIn.account.id);
  expect(after.signedIn.level).toBe(2);
});

test('two runs at once erase each account once', async () => {
  await closing(citizen);
  await closing(citizenNamed('沈秀兰'));
  world.advance(7 * day);
  const erased = await Promise.all(Array.from({ length: 4 }, erase));
  expect(erased.reduce((sum, each) => sum + each, 0)).toBe(2);
  const receipts = await world.ctx().db.select().from(schema.retentionReceiptTable);
  expect(receipts.find(({ kind }) => kind === 'account')?.rows).toBe(2);
});

/** A database that lets `run` happen when a batch is about to be written. */
function whenItWrites(ctx: Ctx, run: () => Promise<unknown>): Ctx {
  const batch = ctx.db.batch.bind(ctx.db);
  const interrupted: typeof batch = async (statements) => {
    await run();
    return batch(statements);
  };
  Object.assign(ctx.db, { batch: interrupted });
  return ctx;
}

/** How many accounts, consents and cancellations there are. */
const left = async () => {
  const { db } = world.ctx();
  const tables = [schema.accountTable, schema.consentTable, schema.cancellationTable];
  return Promise.all(tables.map((table) => db.$count(table)));
};

describe('X-07: a stop and the job at the same moment: the account is whole or gone', () => {
  test('stopped after the job has found it due: it stays', async () => {
    const person = await closing(citizen);
    world.advance(7 * day);
    const stop = () => stopCancellation(person.ctx, person.signedIn);
    expect(await eraseCancelled(whenItWrites(world.ctx(), stop))).toBe(0);
    expect(await left()).toEqual([1, 2, 0]);
  });

  test('erased after the holder has pressed stop: it is gone, and the holder is told to look again', async () => {
    const person = await closing(citizen);
    world.advance(7 * day);
    const ctx = whenItWrites(person.ctx, erase);
    expect(await refusalOf(stopCancellation(ctx, person.signedIn))).toEqual({
      code: 'request.stale',
    });
    expect(await left()).toEqual([0, 0, 0]);
  });

  test('many times at once', async () => {
    for (let round = 0; round < 24; round += 1) {
      const person = await closing(citizen);
      const { db } = world.ctx();
      await db.update(schema.cancellationTable).set({ dueAtMs: world.nowMs() });
      const later = async () => {
        for (let tick = 0; tick < round % 8; tick += 1) await new Promise(setImmediate);
      };
      const stop = () => stopCancellation(person.ctx, person.signedIn);
      const [stopped, ...erased] = await Promise.allSettled([later().then(stop), erase(), erase()]);
      const isStopped = stopped.status === 'fulfilled';
      const count = erased.reduce(
        (sum, each) => sum + (each.status === 'fulfilled' ? each.value : 9),
        0,
      );
      expect([count, ...(await left())]).toEqual(isStopped ? [0, 1, 2, 0] : [1, 0, 0, 0]);
      // The next round begins with nobody, on another day.
      if (isStopped) {
        const again = await proved(world, person);
        await requestCancellation(again.ctx, again.signedIn);
        await db.update(schema.cancellationTable).set({ dueAtMs: 0 });
        await erase();
      }
      world.advance(day);
    }
  });
});

test('the database down: the job fails as service.unavailable, and the next one does it', async () => {
  await closing(citizen);
  world.advance(7 * day);
  expect(await refusalOf(eraseCancelled(withoutDatabase(world.ctx())))).toEqual({
    code: 'service.unavailable',
  });
  expect(await erase()).toBe(1);
});
