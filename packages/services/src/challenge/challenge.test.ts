import { challengeTable, commit } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  type Binding,
  countTry,
  give,
  giveOnly,
  isLiveFor,
  isSecretRight,
  judgeTry,
  spend,
  spendSecret,
  takeBack,
  useGiven,
  whyNotLive,
  withRightCode,
} from './challenge.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const binding: Binding = { purpose: 'proof.code', subject: 'somebody' };
const life = { validMs: 300_000, tries: 5 };

async function giveCode(code: string, to = binding) {
  const ctx = world.ctx();
  await commit(ctx.db, await giveOnly(ctx, to, code, life));
}

/** One try as the verbs make it: counted, then compared, then spent. */
async function tryCode(code: string, from = binding, ctx: Ctx = world.ctx()): Promise<boolean> {
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, from, ctx.now())]);
  if (tried === undefined) return false;
  if (!(await isSecretRight(ctx, from, tried.secretHash, code))) return false;
  await commit(ctx.db, [...spend(ctx.db, tried.id, ctx.now(), { code: 'code.expired' })]);
  return true;
}

describe('a code', () => {
  test('X-02: 50 wrong codes at once: at most 5 are compared, and then the right one is not', async () => {
    await giveCode('123456');
    let compared = 0;
    const watched = () => {
      const ctx = world.ctx();
      const equal = (a: string, b: string) => {
        compared += 1;
        return ctx.crypto.equal(a, b);
      };
      return { ...ctx, crypto: { ...ctx.crypto, equal } };
    };
    const { done } = await atOnce(50, (index) =>
      tryCode(String(200_000 + index), binding, watched()),
    );
    expect(done).toEqual(Array.from({ length: 50 }, () => false));
    expect(compared).toBe(5);
    expect(await tryCode('123456', binding, watched())).toBe(false);
    expect(compared).toBe(5);
    expect(await whyNotLive(world.ctx(), binding)).toEqual({ code: 'code.tries_used_up' });
  });

  test('X-02: 5 right codes at once open once', async () => {
    await giveCode('123456');
    const { done, refused } = await atOnce(5, () => tryCode('123456'));
    expect(done.filter((isOpen) => isOpen)).toEqual([true]);
    expect(codesOf(refused)).toEqual({ 'code.expired': 4 });
  });

  test('is good until its last millisecond, and not a millisecond longer', async () => {
    await giveCode('123456');
    world.advance(299_999);
    expect(await tryCode('654321')).toBe(false);
    expect(await tryCode('123456')).toBe(true);
    await giveCode('123456');
    world.advance(300_000);
    expect(await tryCode('123456')).toBe(false);
    expect(await whyNotLive(world.ctx(), binding)).toEqual({ code: 'code.expired' });
  });

  test('opens once: used again it opens nothing', async () => {
    await giveCode('123456');
    expect(await tryCode('123456')).toBe(true);
    expect(await tryCode('123456')).toBe(false);
    expect(await whyNotLive(world.ctx(), binding)).toEqual({ code: 'code.expired' });
  });

  test('that ends between comparing and spending opens nothing', async () => {
    await giveCode('123456');
    const { db } = world.ctx();
    const [[tried]] = await commit(db, [countTry(db, binding, world.nowMs())]);
    world.advance(300_000);
    const spent = spend(db, tried?.id ?? '', world.nowMs(), { code: 'code.expired' });
    expect(await refusalOf(commit(db, [...spent]))).toEqual({ code: 'code.expired' });
  });

  test.for<Binding>([
    { ...binding, purpose: 'contact.code' },
    { ...binding, subject: 'somebody else' },
  ])('opens nothing for another purpose or subject: $purpose, $subject', async (other) => {
    await giveCode('123456');
    expect(await tryCode('123456', other)).toBe(false);
    // Nor does its hash, moved to where it does not belong.
    await giveCode('654321', other);
    const { db } = world.ctx();
    const [row] = await db.select().from(challengeTable);
    await db.update(challengeTable).set({ secretHash: row?.secretHash ?? '' });
    expect(await tryCode('123456', other)).toBe(false);
    expect(await tryCode('123456')).toBe(true);
  });

  test('the comparison takes neither a part, nor more, nor nothing, nor the hash itself', async () => {
    await giveCode('123456');
    const { db } = world.ctx();
    const [row] = await db.select().from(challengeTable);
    const hash = row?.secretHash ?? '';
    for (const wrong of ['12345', '1234567', '', '023456', '123457', ' 123456', hash]) {
      expect(await isSecretRight(world.ctx(), binding, hash, wrong)).toBe(false);
    }
    expect(await isSecretRight(world.ctx(), binding, '', '')).toBe(false);
    expect(await isSecretRight(world.ctx(), binding, hash, '123456')).toBe(true);
  });

  test('a new code voids the old one and has all its tries', async () => {
    await giveCode('111111');
    for (let count = 0; count < 4; count += 1) await tryCode('999999');
    await giveCode('222222');
    expect(await tryCode('111111')).toBe(false);
    for (let count = 0; count < 3; count += 1) await tryCode('999999');
    expect(await tryCode('222222')).toBe(true);
  });

  test('of two codes given at once one is left', async () => {
    await atOnce(2, (index) => giveCode(index === 0 ? '111111' : '222222'));
    const { db } = world.ctx();
    expect(await db.$count(challengeTable)).toBe(1);
  });

  test('is not stored: only its keyed hash is', async () => {
    await giveCode('123456');
    const rows = await world.ctx().db.select().from(challengeTable);
    expect(JSON.stringify(rows.map(({ secretHash }) => secretHash))).not.toContain('123456');
    const token = [{ id: 't2', key: new Uint8Array(32) }] as const;
    const other = { ...world.ctx(), keys: { ...world.keys, token } };
    expect(await isSecretRight(other, binding, rows[0]?.secretHash ?? '', '123456')).toBe(false);
  });
});

/** Everything but the one that is meant: another purpose, and another subject. */
const others: readonly Binding[] = [
  { ...binding, purpose: 'contact.code' },
  { ...binding, subject: 'somebody else' },
];

const triesLeftOf = async ({ subject, purpose }: Binding) => {
  const rows = await world.ctx().db.select().from(challengeTable);
  return rows.find((row) => row.subject === subject && row.purpose === purpose)?.triesLeft;
};

const judge = async (code: string) => {
  const ctx = world.ctx();
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, binding, ctx.now())]);
  return judgeTry(ctx, binding, tried, code);
};

const refuse = async () => {
  throw new AppError({ code: 'request.stale' });
};

describe('a try at a code', () => {
  test('is counted for its own purpose and subject alone', async () => {
    for (const to of [binding, ...others]) await giveCode('123456', to);
    await tryCode('999999');
    expect(await triesLeftOf(binding)).toBe(4);
    for (const other of others) expect(await triesLeftOf(other)).toBe(5);
  });

  test('says how many are left, and with the last that none is', async () => {
    await giveCode('123456');
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await refusalOf(judge('999999'))).toEqual({ code: 'code.wrong', triesLeft });
    }
    expect(await refusalOf(judge('999999'))).toEqual({ code: 'code.tries_used_up' });
    expect(await refusalOf(judge('123456'))).toEqual({ code: 'code.tries_used_up' });
    world.advance(300_000);
    expect(await refusalOf(judge('123456'))).toEqual({ code: 'code.expired' });
  });

  test('at nothing says what became of the person’s own code, and of no other', async () => {
    for (const to of others) {
      await giveCode('123456', to);
      for (let count = 0; count < 5; count += 1) await tryCode('999999', to);
    }
    expect(await refusalOf(judge('123456'))).toEqual({ code: 'code.expired' });
    // One that was used by its last try is used, and its tries are nobody's matter.
    await giveCode('123456');
    for (let count = 0; count < 4; count += 1) await tryCode('999999');
    expect(await tryCode('123456')).toBe(true);
    expect(await refusalOf(judge('123456'))).toEqual({ code: 'code.expired' });
  });

  test('with the right code is given back where something else refuses, and only there', async () => {
    for (const to of [binding, ...others]) await giveCode('123456', to);
    const { db } = world.ctx();
    const doing = async (work: () => Promise<void>) =>
      withRightCode({ db }, await judge('123456'), work);
    expect(await refusalOf(doing(refuse))).toEqual({ code: 'request.stale' });
    expect(await triesLeftOf(binding)).toBe(5);
    await expect(
      doing(async () => {
        throw new TypeError('broken');
      }),
    ).rejects.toThrow('broken');
    expect(await triesLeftOf(binding)).toBe(4);
    await doing(async () => {});
    expect(await triesLeftOf(binding)).toBe(3);
    for (const other of others) expect(await triesLeftOf(other)).toBe(5);
    // Nor is one given back to a code that was used.
    const used = await judge('123456');
    await commit(db, [...spend(db, used, world.nowMs(), { code: 'code.expired' })]);
    expect(await refusalOf(withRightCode({ db }, used, refuse))).toEqual({ code: 'request.stale' });
    expect(await triesLeftOf(binding)).toBe(2);
  });
});

const live = () => world.ctx().db.$count(challengeTable, isLiveFor(binding, world.nowMs()));
const usedOf = async () => {
  const rows = await world.ctx().db.select().from(challengeTable).orderBy(challengeTable.id);
  return rows.map(({ id, usedAtMs }) => [id, usedAtMs]);
};
const giveEach = async (...ids: [string, Binding][]) => {
  const ctx = world.ctx();
  for (const [id, to] of ids) await commit(ctx.db, await give(ctx, id, to, id, life));
};

describe('what was given out', () => {
  test('is live for its purpose and subject until it is used or ends', async () => {
    await giveEach(['a', others[0] ?? binding], ['b', others[1] ?? binding]);
    expect(await live()).toBe(0);
    await giveEach(['c', binding]);
    world.advance(299_999);
    expect(await live()).toBe(1);
    world.advance(1);
    expect(await live()).toBe(0);
    await giveEach(['d', binding]);
    await commit(world.ctx().db, [useGiven(world.ctx(), binding)]);
    expect(await live()).toBe(0);
  });

  test('is used where another way has done what it is for: that of the same purpose and subject', async () => {
    await giveEach(['a', binding], ['b', others[0] ?? binding], ['c', others[1] ?? binding]);
    const { db } = world.ctx();
    await commit(db, [useGiven(world.ctx(), binding)]);
    const usedAtMs = world.nowMs();
    expect(await usedOf()).toEqual([
      ['a', usedAtMs],
      ['b', null],
      ['c', null],
    ]);
    // Using it again does not make it later.
    world.advance(1);
    await commit(db, [useGiven(world.ctx(), binding)]);
    expect((await usedOf())[0]).toEqual(['a', usedAtMs]);
  });

  test('a new one voids those that were not used, and of no other purpose or subject', async () => {
    await giveEach(['a', binding], ['b', others[0] ?? binding], ['c', others[1] ?? binding]);
    await commit(world.ctx().db, [useGiven(world.ctx(), binding)]);
    await giveEach(['d', binding]);
    await giveCode('123456');
    const ids = (await usedOf()).map(([id]) => id);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(ids).not.toContain('d');
  });

  test('is taken back one by one, and not once it was used', async () => {
    await giveEach(['a', binding], ['b', binding], ['c', binding]);
    const { db } = world.ctx();
    await commit(db, [...spend(db, 'b', world.nowMs(), { code: 'code.expired' })]);
    // Used once, though others are live.
    const again = commit(db, [...spend(db, 'b', world.nowMs(), { code: 'code.expired' })]);
    expect(await refusalOf(again)).toEqual({ code: 'code.expired' });
    await commit(db, [...takeBack(db, 'a'), ...takeBack(db, 'b')]);
    expect((await usedOf()).map(([id]) => id)).toEqual(['b', 'c']);
    expect(await db.$count(challengeTable, eq(challengeTable.id, 'c'))).toBe(1);
  });
});

const giveIt = async (id: string, secret: string) => {
  const ctx = world.ctx();
  await commit(ctx.db, await give(ctx, id, binding, secret, { validMs: 180_000, tries: 1 }));
};

describe('a secret of full strength', () => {
  const refusal = { code: 'puzzle.ticket_refused' } as const;
  const spendIt = async (secret: string, from = binding) => {
    const ctx = world.ctx();
    await commit(ctx.db, [...(await spendSecret(ctx, from, secret, refusal))]);
    return true;
  };
  test('is spent once, by one of 8 at once', async () => {
    await giveIt('one', 'secret');
    const { done, refused } = await atOnce(8, () => spendIt('secret'));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'puzzle.ticket_refused': 7 });
  });

  test('is refused when wrong, ended, or for another purpose or subject', async () => {
    await giveIt('one', 'secret');
    expect(await refusalOf(spendIt('secreT'))).toEqual(refusal);
    expect(await refusalOf(spendIt('secret', { ...binding, purpose: 'contact.code' }))).toEqual(
      refusal,
    );
    expect(await refusalOf(spendIt('secret', { ...binding, subject: 'other' }))).toEqual(refusal);
    world.advance(180_000);
    expect(await refusalOf(spendIt('secret'))).toEqual(refusal);
  });

  test('opens nothing where its hash was moved to: another purpose or subject', async () => {
    const { db } = world.ctx();
    for (const elsewhere of [{ subject: 'other' }, { purpose: 'contact.code' as const }]) {
      await giveIt(JSON.stringify(elsewhere), 'secret');
      await db.update(challengeTable).set(elsewhere);
      expect(await refusalOf(spendIt('secret'))).toEqual(refusal);
      expect(await refusalOf(spendIt('secret', { ...binding, ...elsewhere }))).toEqual(refusal);
      await db.delete(challengeTable);
    }
  });

  test('two live at once are spent one by one', async () => {
    await giveIt('one', 'first');
    await giveIt('two', 'second');
    expect(await spendIt('second')).toBe(true);
    expect(await spendIt('first')).toBe(true);
  });
});
