import { auditBlockTable, auditTable } from '@shiming/db';
import type { AuditAction } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAuditedAccount } from '../help-desk/find.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed, register } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { sealAudit } from '../audit/chain.ts';
import { record } from '../audit/record.ts';
import { type AuditEntry, checkAudit, exportAudit, listAuditStaff, searchAudit } from './trail.ts';

const day = 24 * 3_600_000;
const anything = { accountId: '', actor: '', action: '', from: '', to: '', cursor: '' };

let world: TestWorld;
let auditor: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  auditor = await staffNamed(world, 'auditor', { name: '审计一' });
});
afterEach(() => world.close());

const search = (query: Partial<typeof anything> = {}) =>
  searchAudit(auditor.ctx, { ...anything, ...query });
/** Without the searches themselves. */
const others = (rows: readonly AuditEntry[]) =>
  rows.filter(({ action }) => action !== 'audit.viewed');
async function recorded(action: AuditAction, accountId: string | null, actor?: TestStaff) {
  await record(actor?.ctx ?? world.ctx(), action, accountId, { fact: 1 });
}

const actions = async (query: Partial<typeof anything>) =>
  others((await search(query)).rows)
    .map(({ action }) => action)
    .toSorted();

describe('T-CON-06: the audit as the auditor reads it', () => {
  test('newest first, with who it was by name, and what the row says', async () => {
    const reviewer = await staffNamed(world, 'reviewer', { name: '审核一' });
    await recorded('login.refused', null);
    world.advance(1);
    await recorded('desk.revealed', 'account-1', reviewer);
    const { rows, nextCursor } = await search();
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
      ['desk.revealed', { kind: 'staff', id: reviewer.staff.member.id, name: '审核一' }],
      ['login.refused', { kind: 'anonymous', id: '', name: null }],
    ]);
    expect(rows[0]).toMatchObject({ accountId: 'account-1', facts: { fact: 1 }, block: null });
    expect(nextCursor).toBeNull();
  });

  test('looking at it is in it, with what was asked for', async () => {
    await search({ accountId: 'account-1', action: 'desk' });
    const { rows } = await search();
    expect(rows).toMatchObject([
      {
        action: 'audit.viewed',
        accountId: 'account-1',
        actor: { kind: 'staff', name: '审计一' },
        facts: { action: 'desk', actor: '', from: '', to: '', cursor: '' },
      },
    ]);
  });

  test('by account, by actor and kind of actor, by action and area, by days in Shanghai', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    await recorded('desk.taken', 'account-1', reviewer);
    await recorded('desk.revealed', 'account-2', reviewer);
    // An area that begins as another does.
    await recorded('deskwork.none' as AuditAction, 'account-2');
    world.advance(day);
    await recorded('login.signed_in', 'account-1');
    expect(await actions({ accountId: 'account-1' })).toEqual(['desk.taken', 'login.signed_in']);
    const actor = `staff:${reviewer.staff.member.id}`;
    expect(await actions({ actor })).toEqual(['desk.revealed', 'desk.taken']);
    expect(await actions({ actor: 'staff' })).toEqual(['desk.revealed', 'desk.taken']);
    expect(await actions({ actor: 'anonymous' })).toEqual(['deskwork.none', 'login.signed_in']);
    expect(await actions({ action: 'desk' })).toEqual(['desk.revealed', 'desk.taken']);
    expect(await actions({ action: 'desk.taken' })).toEqual(['desk.taken']);
    const today = { from: '2026-11-22', to: '2026-11-22' };
    expect(await actions(today)).toEqual(['login.signed_in']);
    expect(await actions({ ...today, accountId: 'account-2' })).toEqual([]);
    // A year is no more than the audit is kept.
    expect(await actions({ from: '2026-01-01', to: '2026-12-31' })).toHaveLength(4);
  });

  test('page by page every row comes once, also of one millisecond, and with a filter', async () => {
    for (let index = 0; index < 130; index += 1) {
      await recorded(index % 2 === 0 ? 'desk.taken' : 'login.refused', null);
      if (index % 40 === 0) world.advance(1);
    }
    for (const [query, count] of [
      [{}, 130],
      [{ action: 'desk' }, 65],
    ] as const) {
      const seen: string[] = [];
      let cursor = '';
      let pages = 0;
      do {
        const page = await search({ ...query, cursor });
        seen.push(...others(page.rows).map(({ id }) => id));
        cursor = page.nextCursor ?? '';
        pages += 1;
      } while (cursor !== '');
      expect([new Set(seen).size, seen.length]).toEqual([count, count]);
      expect(pages).toBeGreaterThan(1);
    }
  });

  test.each([
    ['accountId', "' or 1=1"],
    ['actor', 'staff:'],
    ['actor', 'somebody'],
    ['action', '林知远'],
    ['action', 'desk.'],
    ['cursor', 'x'],
    ['from', '2026-11-21'],
  ])('%s %j is refused, and not written down', async (name, value) => {
    expect(await refusalOf(search({ [name]: value }))).toMatchObject({ code: 'input.invalid' });
    expect(await auditor.ctx.db.$count(auditTable)).toBe(0);
  });

  test('an account is found by its number; that too is recorded, and the number is not', async () => {
    const citizen = citizenNamed('林知远');
    const { signedIn } = await register(world, citizen);
    const found = await findAuditedAccount(auditor.ctx, { search: citizen.number });
    expect(found).toEqual({ outcome: 'found', accountId: signedIn.account.id });
    const { rows } = await search({ action: 'audit.searched' });
    expect(rows).toMatchObject([{ accountId: signedIn.account.id, facts: { by: 'number' } }]);
    expect(JSON.stringify(rows)).not.toContain(citizen.number);
  });

  test('the staff it can be searched for, by name', async () => {
    await staffNamed(world, 'reviewer', { name: '审核一' });
    const staff = await listAuditStaff(auditor.ctx);
    expect(staff.map(({ name, role }) => [name, role])).toEqual([
      ['审计一', 'auditor'],
      ['审核一', 'reviewer'],
    ]);
  });
});

/** So many blocks of one row each. */
async function chainOf(blocks: number) {
  for (let index = 0; index < blocks; index += 1) {
    await recorded('desk.taken', null);
    world.advance(5_001);
    await sealAudit(world.ctx());
  }
}
async function checkAll() {
  let part = await checkAudit(auditor.ctx, { fromBlock: 0 });
  const parts = [part];
  while (part.nextBlock !== null) {
    part = await checkAudit(auditor.ctx, { fromBlock: part.nextBlock });
    parts.push(part);
  }
  return parts;
}

describe('T-CON-06: checking the chain from the console', () => {
  test('goes part by part to the end, and each part is recorded', async () => {
    await chainOf(203);
    const parts = await checkAll();
    expect(parts.map(({ toBlock, rows, broken }) => [toBlock, rows, broken])).toEqual([
      [200, 200, null],
      [203, 3, null],
    ]);
    const { rows } = await search({ action: 'audit.checked' });
    expect(rows.map(({ facts }) => facts)).toEqual(
      expect.arrayContaining([
        { fromBlock: 0, toBlock: 200, broken: null },
        { fromBlock: 201, toBlock: 203, broken: null },
      ]),
    );
  });

  test('finds what was altered, in whichever part, and where it is', async () => {
    await chainOf(203);
    const { db } = world.ctx();
    await db.update(auditTable).set({ facts: '{}' }).where(eq(auditTable.block, 202));
    const parts = await checkAll();
    expect(parts.at(-1)).toMatchObject({
      broken: { block: 202, why: 'altered' },
      rows: 1,
      nextBlock: null,
    });
    await db.delete(auditBlockTable).where(eq(auditBlockTable.block, 57));
    expect((await checkAll()).at(-1)).toMatchObject({ broken: { block: 57, why: 'missing' } });
  });

  test('of an empty audit says that there is nothing', async () => {
    expect(await checkAudit(auditor.ctx, { fromBlock: 0 })).toMatchObject({
      toBlock: 0,
      lastBlock: 0,
      head: null,
      broken: null,
      nextBlock: null,
    });
  });
});

test('the database down: service.unavailable', async () => {
  const ctx = withoutDatabase(auditor.ctx);
  const down = { code: 'service.unavailable' };
  expect(await refusalOf(searchAudit(ctx, anything))).toEqual(down);
  expect(await refusalOf(checkAudit(ctx, { fromBlock: 0 }))).toEqual(down);
  expect(await refusalOf(listAuditStaff(ctx))).toEqual(down);
});

test('T-CON-06: a file brings the same in longer parts, each on record as what left the console', async () => {
  const { ctx } = auditor;
  for (let index = 0; index < 120; index += 1) await recorded('desk.revealed', 'account-1');
  await recorded('login.refused', null);
  const query = { ...anything, accountId: 'account-1', action: 'desk' };
  const file = await exportAudit(ctx, query);
  expect(file.rows).toHaveLength(120);
  expect(new Set(file.rows.map(({ action }) => action))).toEqual(new Set(['desk.revealed']));
  expect(file.nextCursor).toBeNull();
  const rows = await world.ctx().db.select().from(auditTable);
  expect(rows.at(-1)).toMatchObject({
    action: 'audit.exported',
    actor: `staff:${auditor.staff.member.id}`,
    accountId: 'account-1',
    facts: JSON.stringify({ actor: '', action: 'desk', from: '', to: '', cursor: '' }),
  });
});
