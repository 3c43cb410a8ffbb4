import { accountTable, casePhotoTable, caseTable, commit, consentTable } from '@shiming/db';
import { caseRule, type ConsentKind, consents } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusals.ts';
import { fillQueue } from '../testing/reviews.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { guardConsent, hasConsentFor, setEndOfPaused } from './consent.ts';

let world: TestWorld;
let mine: string;
let other: string;
beforeEach(async () => {
  world = await createTestWorld();
  [mine = '', other = ''] = await fillQueue(world, 2);
});
afterEach(() => world.close());

const whose = (id: string) => `of-${id}`;

/** Whether each of the two cases may go on. */
async function mayGoOn() {
  const ctx = world.ctx();
  const rows = await ctx.db
    .select({ id: caseTable.id, may: hasConsentFor(ctx) })
    .from(caseTable)
    .orderBy(caseTable.dueAtMs);
  // SQLite answers with a number.
  return rows.map(({ may }) => Number(may) === 1);
}

const withdraw = (kind: ConsentKind, withdrawnAtMs: number | null = 1) =>
  world
    .ctx()
    .db.update(consentTable)
    .set({ withdrawnAtMs })
    .where(sql`${eq(consentTable.accountId, whose(mine))} and ${eq(consentTable.kind, kind)}`);

const agree = (kind: 'photos' | 'records' | 'own_photo') =>
  world
    .ctx()
    .db.insert(consentTable)
    .values({
      id: `${kind} of mine`,
      accountId: whose(mine),
      kind,
      portal: 'teacher',
      ...consents[kind],
      version: '9999-12',
      givenAtMs: 1,
    });

const set = (change: Partial<typeof caseTable.$inferInsert>) =>
  world.ctx().db.update(caseTable).set(change).where(eq(caseTable.id, mine));

test('a review goes on with its own person’s consents, whose account is active', async () => {
  expect(await mayGoOn()).toEqual([true, true]);
  await withdraw('document_number');
  expect(await mayGoOn()).toEqual([false, true]);
  await withdraw('document_number', null);
  const { db } = world.ctx();
  const account = eq(accountTable.id, whose(mine));
  await db.update(accountTable).set({ status: 'suspended' }).where(account);
  expect(await mayGoOn()).toEqual([false, true]);
  await db.update(accountTable).set({ status: 'active' }).where(account);
  expect(await mayGoOn()).toEqual([true, true]);
  await agree('photos');
  await withdraw('photos');
  expect(await mayGoOn()).toEqual([false, true]);
});

test('a ticket goes on without any, and whatever the account is', async () => {
  await withdraw('document_number');
  await set({ kind: 'ticket' });
  expect(await mayGoOn()).toEqual([true, true]);
  await set({ kind: 'ticket', accountId: null });
  expect(await mayGoOn()).toEqual([true, true]);
});

test('a dispute goes on with the consent to records, and with that to the own photo where it has one', async () => {
  await set({ kind: 'record_dispute' });
  expect(await mayGoOn()).toEqual([false, true]);
  await agree('records');
  expect(await mayGoOn()).toEqual([true, true]);
  // Photos from before there was a consent to them go on until it is withdrawn.
  await agree('own_photo');
  await withdraw('own_photo');
  expect(await mayGoOn()).toEqual([true, true]);
  const { db } = world.ctx();
  const photo = { slot: 'own', photoId: 'photo' } as const;
  await db.insert(casePhotoTable).values({ ...photo, caseId: other });
  expect(await mayGoOn()).toEqual([true, true]);
  await db.insert(casePhotoTable).values({ ...photo, caseId: mine });
  expect(await mayGoOn()).toEqual([false, true]);
  await withdraw('own_photo', null);
  expect(await mayGoOn()).toEqual([true, true]);
});

test('a guard asks about its own case', async () => {
  await withdraw('document_number');
  const ctx = world.ctx();
  const refused = await refusalOf(commit(ctx.db, [guardConsent(ctx, { id: mine })]));
  expect(refused).toEqual({ code: 'desk.consent_withdrawn' });
  await commit(ctx.db, [guardConsent(ctx, { id: other })]);
});

test('what may not go on gets an end, once, and loses it with the consent; what is not in the queue has neither', async () => {
  const ctx = world.ctx();
  const ends = async () => {
    await commit(ctx.db, [setEndOfPaused(world.ctx(), whose(mine))]);
    const rows = await ctx.db
      .select({ ends: caseTable.expiresAtMs, version: caseTable.version })
      .from(caseTable)
      .orderBy(caseTable.dueAtMs);
    return rows.map(({ ends: atMs, version }) => [atMs, version]);
  };
  const [, others] = await ends();
  expect(await ends()).toEqual([[null, 1], others]);
  await withdraw('document_number');
  const endsAtMs = world.nowMs() + caseRule.returnedMs;
  expect(await ends()).toEqual([[endsAtMs, 2], others]);
  world.advance(1000);
  expect(await ends()).toEqual([[endsAtMs, 2], others]);
  await withdraw('document_number', null);
  expect(await ends()).toEqual([[null, 3], others]);
  await set({ status: 'returned' });
  await withdraw('document_number');
  expect(await ends()).toEqual([[null, 3], others]);
});

test('an end is given to what waits of that person alone', async () => {
  const ctx = world.ctx();
  await ctx.db.update(consentTable).set({ withdrawnAtMs: 1 });
  await commit(ctx.db, [setEndOfPaused(ctx, whose(mine))]);
  const ends = await ctx.db
    .select({ id: caseTable.id, ends: caseTable.expiresAtMs })
    .from(caseTable)
    .orderBy(caseTable.dueAtMs);
  expect(ends).toEqual([
    { id: mine, ends: world.nowMs() + caseRule.returnedMs },
    { id: other, ends: null },
  ]);
});
