import { commit, sessionTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { sessionKind } from './kind.ts';

const minute = 60_000;
const kind = sessionKind({
  name: 'kind',
  table: sessionTable,
  holder: sessionTable.accountId,
  idleMs: 30 * minute,
  maxMs: 12 * 60 * minute,
});

let world: TestWorld;
let own: Session;
let others: readonly Session[];
type Session = { sessionId: string; secret: string; token: string };

async function begin(accountId: string, label = ''): Promise<Session> {
  const ctx = world.ctx();
  const { id, token, secretHash } = await kind.issue(ctx);
  const atMs = world.nowMs();
  await ctx.db
    .insert(sessionTable)
    .values({ id, secretHash, accountId, createdAtMs: atMs, lastSeenAtMs: atMs, label });
  return { sessionId: id, token, secret: token.split('.')[1] ?? '' };
}

beforeEach(async () => {
  world = await createTestWorld();
  own = await begin('one');
  others = [await begin('one'), await begin('two')];
});
afterEach(() => world.close());

const rowOf = async ({ sessionId }: Session) => {
  const { db } = world.ctx();
  const [row] = await db.select().from(sessionTable).where(eq(sessionTable.id, sessionId));
  if (row === undefined) throw new Error('the session is gone');
  return row;
};
const open = async (of: Session, secret = of.secret) => {
  const opened = await kind.open(world.ctx(), await rowOf(of), secret, true);
  await world.settle();
  return opened;
};
async function advance(of: Session): Promise<string> {
  const { token, statements } = await kind.advance(world.ctx(), of);
  await commit(world.ctx().db, [...statements]);
  return token.split('.')[1] ?? '';
}
async function replace(of: Session): Promise<string> {
  const { token, statement } = await kind.replace(world.ctx(), of);
  await commit(world.ctx().db, [statement]);
  return token.split('.')[1] ?? '';
}

test.each([
  ['a sign of life', () => open(own)],
  ['a new secret', () => advance(own)],
  ['the first use of a new secret', async () => open(own, await advance(own))],
  ['a secret that replaces it', () => replace(own)],
  [
    'a cookie that was missed',
    async () => {
      await advance(own);
      await kind.missed(world.ctx(), own);
    },
  ],
  [
    'its end',
    async () => {
      await commit(world.ctx().db, [kind.end(world.ctx(), 'one', { only: own.sessionId })]);
    },
  ],
  [
    'the end of the one that the browser holds',
    async () => {
      const [first] = await kind.endHeld(world.ctx(), own.token);
      if (first !== undefined) await commit(world.ctx().db, [first]);
    },
  ],
] as const)('%s changes that session, and no other', async (_what, act) => {
  // All have given their last sign of life long enough ago, and have a former secret of their own.
  for (const each of others) await advance(each);
  world.advance(2 * minute);
  const before = [await rowOf(own), await Promise.all(others.map(rowOf))] as const;
  await act();
  expect(await rowOf(own)).not.toEqual(before[0]);
  expect(await Promise.all(others.map(rowOf))).toEqual(before[1]);
});

test('the end of all but one, or of all, is that holder’s, and what has ended keeps its end', async () => {
  const ctx = world.ctx();
  const [second, stranger] = others;
  if (second === undefined || stranger === undefined) throw new Error('there are two');
  await commit(ctx.db, [kind.end(ctx, 'one', { except: own.sessionId })]);
  const endedAtMs = world.nowMs();
  expect(await rowOf(own)).toMatchObject({ endedAtMs: null });
  expect(await rowOf(second)).toMatchObject({ endedAtMs });
  world.advance(minute);
  await commit(ctx.db, [kind.end(world.ctx(), 'one')]);
  expect(await rowOf(own)).toMatchObject({ endedAtMs: world.nowMs() });
  expect(await rowOf(second)).toMatchObject({ endedAtMs });
  expect(await rowOf(stranger)).toMatchObject({ endedAtMs: null });
});

test('a secret opens its own session alone, however its hash is moved', async () => {
  const [second] = others;
  if (second === undefined) throw new Error('there is one');
  expect(await open(second, own.secret)).toBeNull();
  const { secretHash } = await rowOf(own);
  const { db } = world.ctx();
  await db
    .update(sessionTable)
    .set({ secretHash, formerSecretHash: secretHash, formerUntilMs: world.nowMs() + minute })
    .where(eq(sessionTable.id, second.sessionId));
  expect(await open(second, own.secret)).toBeNull();
  const stolen = { ...own, sessionId: second.sessionId };
  expect(await refusalOf(advance(stolen))).toEqual({ code: 'request.stale' });
  const before = await rowOf(second);
  const [end] = await kind.endHeld(world.ctx(), own.token);
  if (end === undefined) throw new Error('the cookie is whole');
  await advance(own);
  await commit(db, [end]);
  expect(await rowOf(second)).toEqual(before);
});

test('those that live are the holder’s own, newest first: none that ended, was idle or is too old', async () => {
  const ctx = world.ctx();
  const ended = await begin('one', 'ended');
  await commit(ctx.db, [kind.end(ctx, 'one', { only: ended.sessionId })]);
  world.advance(30 * minute);
  const first = await begin('one', 'first');
  world.advance(1);
  const second = await begin('one', 'second');
  await begin('two', 'somebody else’s');
  const old = await begin('one', 'old');
  await ctx.db
    .update(sessionTable)
    .set({ createdAtMs: world.nowMs() - 12 * 60 * minute })
    .where(eq(sessionTable.id, old.sessionId));
  const live = await kind.live(world.ctx(), 'one');
  expect(live.map(({ id }) => id)).toEqual([second.sessionId, first.sessionId]);
});

test('the cookie that a browser held ends its session by a former secret too, until that one is over', async () => {
  const endHeld = async (token: string) => {
    const [statement] = await kind.endHeld(world.ctx(), token);
    if (statement !== undefined) await commit(world.ctx().db, [statement]);
    return (await rowOf(own)).endedAtMs;
  };
  await advance(own);
  expect(await endHeld(`${own.sessionId}.another`)).toBeNull();
  world.advance(minute);
  expect(await endHeld(own.token)).toBeNull();
  world.advance(-1);
  const endedAtMs = world.nowMs();
  expect(await endHeld(own.token)).toBe(endedAtMs);
  world.advance(-1);
  expect(await endHeld(own.token)).toBe(endedAtMs);
});

test('a new secret keeps the time of the last proof, and a cookie that was missed takes it away', async () => {
  const { db } = world.ctx();
  const provedAtMs = world.nowMs();
  const proved = db
    .update(sessionTable)
    .set({ provedAtMs })
    .where(eq(sessionTable.id, own.sessionId));
  await proved;
  await advance(own);
  expect(await rowOf(own)).toMatchObject({ provedAtMs });
  await kind.missed(world.ctx(), own);
  expect(await rowOf(own)).toMatchObject({ provedAtMs: 0 });
});

test('the first use of a new secret leaves the former one of a still newer secret, and of another session', async () => {
  const second = await advance(own);
  const read = await rowOf(own);
  const { db } = world.ctx();
  const [other] = others;
  if (other === undefined) throw new Error('there is one');
  await advance(other);
  await db
    .update(sessionTable)
    .set({ secretHash: read.secretHash })
    .where(eq(sessionTable.id, other.sessionId));
  const before = await rowOf(other);
  await advance({ ...own, secret: second });
  const { formerSecretHash } = await rowOf(own);
  await kind.open(world.ctx(), read, second, false);
  expect(await rowOf(own)).toMatchObject({ formerSecretHash });
  expect(await rowOf(other)).toEqual(before);
});

test('at most 50 are listed', async () => {
  for (let more = 0; more < 50; more += 1) await begin('one');
  expect(await kind.live(world.ctx(), 'one')).toHaveLength(50);
});
