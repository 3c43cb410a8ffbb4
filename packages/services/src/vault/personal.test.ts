import * as schema from '@shiming/db';
import { personalTables, type PersonalTable } from '@shiming/db';
import { retention, retentionKinds } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { eq, getTableColumns, getTableName, is } from 'drizzle-orm';
import { type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import type { Keys } from '../context.ts';
import { createTestWorld } from '../testing/world.ts';
import { rotateKeys } from './rotate.ts';
import { open, placeOf, seal } from './vault.ts';

const tables = Object.values(schema).filter((each) => is(each, SQLiteTable));
const byName = new Map(personalTables.map((entry) => [getTableName(entry.table), entry]));
const namesOf = (which: (table: SQLiteTable) => boolean) => tables.filter(which).map(getTableName);
const hasColumn =
  (...names: string[]) =>
  (table: SQLiteTable) =>
    names.some((name) => name in getTableColumns(table));

const isMoved = (name: string) => byName.get(name)?.rotated !== undefined;
const isSwept = (names: readonly string[]) =>
  names.some((name) => byName.get(name)?.since !== undefined);
const named = (id: string) => ({ id, key: webCrypto.randomBytes(32) });

test('every sealed column of the database is in the registry, under a name of its own', () => {
  const inSchema = tables.flatMap((table) =>
    Object.entries(getTableColumns(table)).flatMap(([key, column]) =>
      /sealed$/i.test(key) ? [`${getTableName(table)}.${column.name}`] : [],
    ),
  );
  const listed = personalTables.flatMap(({ table, sealed = [] }) =>
    sealed.map(([column]) => `${getTableName(table)}.${column.name}`),
  );
  expect(listed.toSorted()).toEqual(inSchema.toSorted());
  const names = personalTables.flatMap(({ sealed = [] }) => sealed.map(([, name]) => name));
  // What is stored is bound to these names: one that changes opens nothing of before.
  expect(names.toSorted()).toEqual([
    'account.contact',
    'account.identity',
    'account.profile',
    'attestation.number',
    'contact_change.change',
    'guardian_consent.child',
    'handover.person',
    'help_desk_change.change',
    'identifier.value',
    'matter.details',
    'ministry_visit.arrival',
    'ministry_visit.request',
    'office_key.secret',
    'organisation.contact',
    'outbox.message',
    'photo_check.record',
    'record.answer',
    'record.bound',
    'recovery.contact',
    'registration.draft',
    'review_reason.note',
    'review_request.answers',
    'review_request.former_identity',
    'service_token.payload',
    'staff.person',
    'staff.totp',
    'vouch.answers',
    'vouch.studies',
    'wechat_binding.open_id',
    'wechat_push.answer',
    'wechat_scene.open_id',
  ]);
});

test('every table under a vault key is moved to another, but for what lives a day, the photos and the audit', () => {
  const left = namesOf(hasColumn('keyId')).filter((name) => !isMoved(name));
  expect(left.toSorted()).toEqual(['audit_block', 'photo', 'wechat_push']);
  const dayMs = 24 * 3_600_000;
  expect(retention.wechat_push.keep.ms).toBeLessThanOrEqual(dayMs);
});

test('every table that names an account goes with it, but for the audit and the photos, which go their own way', () => {
  const kept = namesOf(hasColumn('accountId', 'childId')).filter(
    (name) => byName.get(name)?.of === undefined,
  );
  expect(kept.toSorted()).toEqual(['audit', 'photo']);
});

test('every kind with a time of its own is swept, but for the audit, the photos and tickets', () => {
  const left = retentionKinds.filter(
    (kind) => retention[kind].keep !== 'account' && !isSwept(retention[kind].tables),
  );
  expect(left.toSorted()).toEqual(['audit', 'photo', 'ticket']);
});

/** A row with something in every column, all that is sealed under the current key. */
async function rowOf(
  ctx: Parameters<typeof seal>[0],
  { table, sealed = [], rotated }: PersonalTable,
  indexed: (column: SQLiteColumn) => unknown,
) {
  const row: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(getTableColumns(table))) {
    const fill = { number: 2_000_000_000_000, boolean: false, json: [] as unknown[], string: 'x' };
    row[key] = fill[column.dataType as keyof typeof fill];
    if (sealed.some(([each]) => each === column)) {
      row[key] = await seal(ctx, placeOf(column, 'x'), indexed(column));
    } else if (column === rotated?.keyId) row[key] = 'v1';
    else if (rotated?.indexes?.some((each) => each.column === column)) row[key] = 'i1.x';
  }
  return row;
}

/** What stands in every sealed column: a document of everything that is indexed, but for a WeChat's own id. */
const person = { number: '1', name: 'a name', email: 'Post@example.cn' };
const inColumn = (column: SQLiteColumn) =>
  ['open_id_sealed', 'sealed'].includes(column.name) ? 'open id' : person;

test('the rotation of keys moves a row of every table, and everything opens under the new keys alone', async () => {
  const world = await createTestWorld();
  const [vault, index] = [named('v2'), named('i2')];
  const { db } = world.ctx();
  await db.run('pragma foreign_keys = off');
  const moved = personalTables.filter(({ rotated }) => rotated !== undefined);
  for (const entry of moved) {
    await db.insert(entry.table).values(await rowOf(world.ctx(), entry, inColumn));
  }
  const rotating: Keys = {
    ...world.keys,
    vault: [vault, ...world.keys.vault],
    index: [index, ...world.keys.index],
  };
  expect(await rotateKeys(world.ctx({ keys: rotating }))).toBe(moved.length);
  expect(await rotateKeys(world.ctx({ keys: rotating }))).toBe(0);
  const after = world.ctx({ keys: { ...world.keys, vault: [vault], index: [index] } });
  for (const { table, sealed = [], rotated } of moved) {
    if (rotated === undefined) continue;
    const [row = {}] = await db.select().from(table).where(eq(rotated.id, 'x'));
    expect([getTableName(table), JSON.stringify(row)]).toEqual([
      getTableName(table),
      expect.not.stringMatching(/"(?:v1|i1)[".]/),
    ]);
    for (const [column] of sealed) {
      const [key = ''] =
        Object.entries(getTableColumns(table)).find(([, each]) => each === column) ?? [];
      const value = (row as Record<string, unknown>)[key];
      expect(await open(after, placeOf(column, 'x'), String(value))).toEqual(inColumn(column));
    }
  }
  await world.close();
});
