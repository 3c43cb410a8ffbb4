import { accountTable } from '@shiming/db';
import { profileFrom } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { citizenNamed, register } from '../testing/people.ts';
import { atOnce, codesOf } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { commit } from '@shiming/db';
import { accountRow, openContact, openIdentity } from './account.ts';
import { type AccountChange, changeAccount } from './change.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const rowOf = async ({ db }: Pick<Ctx, 'db'>, id: string) => {
  const [row] = await db.select(accountRow).from(accountTable).where(eq(accountTable.id, id));
  if (row === undefined) throw new Error('no account');
  return row;
};

test('of changes that were drawn from one version, one is made; what it does not name stays', async () => {
  const { signedIn } = await register(world, citizenNamed('林知远'));
  const ctx = world.ctx();
  const { account } = signedIn;
  const identity = await openIdentity(ctx, account);
  const changes: AccountChange[] = [
    { identity: { ...identity, name: '林知遥' } },
    { contact: { mobile: { value: '19900000077', provedAtMs: 7 } } },
    { passwordHash: ctx.hasher.decoy },
  ];
  const { done, refused } = await atOnce(changes.length, async (at) =>
    commit(ctx.db, await changeAccount(ctx, account, changes[at] ?? {})),
  );
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'request.stale': 2 });

  const before = await rowOf(ctx, account.id);
  expect(before.version).toBe(account.version + 1);
  await commit(ctx.db, await changeAccount(ctx, before, { passwordHash: 'another' }));
  const after = await rowOf(ctx, account.id);
  expect(after).toMatchObject({
    passwordHash: 'another',
    formerPasswordHashes:
      before.passwordHash === ctx.hasher.decoy
        ? before.formerPasswordHashes
        : [before.passwordHash],
    identitySealed: before.identitySealed,
    keyId: before.keyId,
  });
  expect(await openContact(ctx, after)).toEqual(await openContact(ctx, before));
});

test('a row of which one value is sealed under another key waits for the rotation', async () => {
  const { signedIn } = await register(world, citizenNamed('周子涵'));
  const ctx = world.ctx();
  const account = { ...signedIn.account, keyId: 'v0' };
  const profile = { ethnicity: '01', sex: 'female', birthDate: '1988-08-08' } as const;
  await commit(
    ctx.db,
    await changeAccount(ctx, account, {
      profile: profileFrom(profile),
    }),
  );
  expect((await rowOf(ctx, account.id)).keyId).toBe('mixed');
});

const source = dirname(dirname(fileURLToPath(import.meta.url)));

test('no other room writes accounts and identifiers', () => {
  const writers = globSync('**/*.ts', { cwd: source }).filter(
    (file) =>
      !/\.test\.ts$|^testing\//.test(file) &&
      /(?:update|insert|delete)\(\s*(?:account|identifier)Table\b/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
  );
  expect(writers.toSorted()).toEqual([
    'account/change.ts',
    'account/close.ts',
    'account/create.ts',
    'account/identifiers.ts',
    'account/move.ts',
  ]);
});
