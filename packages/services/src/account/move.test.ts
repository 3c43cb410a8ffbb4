import { accountTable, identifierTable } from '@shiming/db';
import { eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReleasedWorld } from '../testing/release.ts';
import { atOnce } from '../testing/refusals.ts';
import { commit } from '@shiming/db';
import { type Account, accountRow, openContact, provedAtMsOf } from './account.ts';
import { changeAccount } from './change.ts';
import { holdersOf, identifierIndexes } from './identifiers.ts';
import { moveIdentifiers } from './move.ts';

let world: Awaited<ReturnType<typeof createReleasedWorld>>;
beforeEach(async () => {
  world = await createReleasedWorld();
});
afterEach(() => world.close());

const accounts = () => world.ctx().db.select(accountRow).from(accountTable);
const contacts = async (all: readonly Account[]) =>
  Object.fromEntries(
    await Promise.all(all.map(async (each) => [each.id, await openContact(world.ctx(), each)])),
  );

/** Whether mobile and mail of an account of the release count as proved. */
const proved = async (name: string) => {
  const [account] = await world
    .ctx()
    .db.select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, world.facts(name)));
  if (account === undefined) throw new Error(`there is no ${name}`);
  return [provedAtMsOf(account, 'mobile') !== null, provedAtMsOf(account, 'email') !== null];
};

test('what the last release kept in one sealed text is read as before, and moves to rows of its own', async () => {
  const before = await accounts();
  const told = await contacts(before);
  const [first] = before;
  if (first === undefined) throw new Error('the release has no account');

  // One is changed before the job comes by, and so keeps the other where it was.
  const changed = { value: '19900000099', provedAtMs: 7 };
  await commit(
    world.ctx().db,
    await changeAccount(world.ctx(), first, { contact: { mobile: changed } }),
  );
  const expected = { ...told, [first.id]: { ...told[first.id], mobile: changed.value } };
  expect(await contacts(await accounts())).toEqual(expected);

  // Two runs at once lose nothing; a third finds nothing to do.
  await atOnce(2, () => moveIdentifiers(world.ctx()));
  await moveIdentifiers(world.ctx());
  expect(await moveIdentifiers(world.ctx())).toBe(0);
  const { db } = world.ctx();
  expect(await db.$count(identifierTable, isNull(identifierTable.sealed))).toBe(0);
  const after = await accounts();
  expect(after.filter(({ contactSealed }) => contactSealed !== null)).toEqual([]);
  expect(await contacts(after)).toEqual(expected);

  const indexes = await identifierIndexes(world.ctx(), 'mobile', changed.value);
  const [holders] = holdersOf(world.ctx(), 'mobile', indexes);
  expect(await holders).toEqual([{ accountId: first.id }]);
});

test('T-REG-13a: what the last release had proved counts as proved, and nothing else does', async () => {
  expect(await proved('verified')).toEqual([true, false]);
});
