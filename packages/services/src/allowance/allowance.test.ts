import type { ClaimKind } from '@shiming/domain';
import { allowanceTable, commit, guard, puzzleTable } from '@shiming/db';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, noonMs, type TestWorld } from '../testing/world.ts';
import {
  type Claim,
  commitClaims,
  type Limit,
  newClaim,
  release,
  releaseAll,
  usedSince,
} from './allowance.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const tooMany = (retryAtMs: number) => ({ code: 'request.too_many', retryAtMs }) as const;
const perDay = (limit: number): Limit => ({ limit, window: 'shanghai_day', refusal: tooMany });
const perMinute = (limit: number): Limit => ({
  limit,
  window: { lastMs: 60_000 },
  refusal: tooMany,
});

/** A limit that does not bind while a subject has used little of another. */
const unlessUsed = (of: Limit, subject: string, limit: number): Limit => ({
  ...of,
  unless: { kind: 'sms', subject, limit, window: 'shanghai_day' },
});

/** One use of something limited, from a request of its own, with a row that it pays for. */
async function use(limits: readonly Limit[], subject = 'somebody', kind: ClaimKind = 'photo') {
  const ctx = world.ctx();
  const claim = newClaim(ctx, kind, subject, limits);
  await commitClaims(
    ctx,
    [claim],
    [
      ctx.db.insert(puzzleTable).values({
        id: claim.id,
        purpose: 'login',
        deviceId: subject,
        x: 0,
        width: 0,
        expiresAtMs: 0,
      }),
    ],
  );
  return claim;
}

/** A claim by an isolate whose clock is ahead of the others. */
async function useAhead(limits: readonly Limit[], byMs: number) {
  world.advance(byMs);
  await use(limits);
  world.advance(-byMs);
}

const ledger = () => world.ctx().db.select().from(allowanceTable).orderBy(allowanceTable.atMs);

describe('X-02: however many ask at once', () => {
  test('of 50 at the same moment exactly 3 get through a limit of 3, and only they write', async () => {
    const { done, refused } = await atOnce(50, () => use([perDay(3)]));
    expect(done).toHaveLength(3);
    expect(refused).toEqual(
      Array.from({ length: 47 }, () => ({
        code: 'request.too_many',
        retryAtMs: Date.UTC(2026, 10, 21, 16),
      })),
    );
    expect(await ledger()).toHaveLength(3);
    expect(await world.ctx().db.$count(puzzleTable)).toBe(3);
  });

  test('of two limits the stricter one holds', async () => {
    const { done } = await atOnce(50, () => use([perMinute(2), perDay(7)]));
    expect(done).toHaveLength(2);
  });

  test('two claims of one request are claimed together or not at all', async () => {
    await use([perDay(1)], 'number', 'mail');
    const ctx = world.ctx();
    const claims: [Claim, Claim] = [
      newClaim(ctx, 'sms', 'number', [perDay(1)]),
      newClaim(ctx, 'mail', 'number', [perDay(1)]),
    ];
    const write = [ctx.db.select().from(allowanceTable)] as const;
    expect(await refusalOf(commitClaims(ctx, claims, write))).toEqual(
      tooMany(Date.UTC(2026, 10, 21, 16)),
    );
    expect(await ctx.db.$count(allowanceTable, eq(allowanceTable.kind, 'sms'))).toBe(0);
  });
});

describe('the last instant and the first', () => {
  test('T-REG-12: what is used up at 23:59:59.999 in Shanghai is whole again at 00:00', async () => {
    world.advance(Date.UTC(2026, 10, 21, 15, 59, 59, 999) - noonMs);
    await use([perDay(1)]);
    expect(await refusalOf(use([perDay(1)]))).toEqual({
      code: 'request.too_many',
      retryAtMs: Date.UTC(2026, 10, 21, 16),
    });
    world.advance(1);
    await use([perDay(1)]);
    expect(await refusalOf(use([perDay(1)]))).toEqual({
      code: 'request.too_many',
      retryAtMs: Date.UTC(2026, 10, 22, 16),
    });
  });

  test('a window of 60 s lets the next through 60 s after the oldest that counts, not 1 ms earlier', async () => {
    await use([perMinute(2)]);
    world.advance(10_000);
    await use([perMinute(2)]);
    world.advance(10_000);
    const refused = { code: 'request.too_many', retryAtMs: noonMs + 60_000 };
    expect(await refusalOf(use([perMinute(2)]))).toEqual(refused);
    world.advance(39_999);
    expect(await refusalOf(use([perMinute(2)]))).toEqual(refused);
    world.advance(1);
    await use([perMinute(2)]);
    expect(await refusalOf(use([perMinute(2)]))).toEqual({
      code: 'request.too_many',
      retryAtMs: noonMs + 70_000,
    });
  });

  test('under a limit made stricter meanwhile, the instant is that at which enough have ended', async () => {
    for (let count = 0; count < 3; count += 1) {
      await use([perMinute(3)]);
      world.advance(10_000);
    }
    expect(await refusalOf(use([perMinute(2)]))).toEqual(tooMany(noonMs + 70_000));
    world.advance(39_999);
    expect((await refusalOf(use([perMinute(2)]))).code).toBe('request.too_many');
    world.advance(1);
    await use([perMinute(2)]);
  });

  test('when both limits are used up, the instant told is that of the one that is asked first', async () => {
    await use([perMinute(1), perDay(1)]);
    expect(await refusalOf(use([perMinute(1), perDay(1)]))).toEqual(tooMany(noonMs + 60_000));
    expect(await refusalOf(use([perDay(1), perMinute(1)]))).toEqual(
      tooMany(Date.UTC(2026, 10, 21, 16)),
    );
  });
});

describe('a claim by a clock that was ahead', () => {
  test('counts as long as by its own time, so no clock lets through more, and the instant told is the right one', async () => {
    await useAhead([perMinute(1)], 5 * 60_000);
    expect(await refusalOf(use([perMinute(1)]))).toEqual(tooMany(noonMs + 6 * 60_000));
    world.advance(6 * 60_000 - 1);
    expect((await refusalOf(use([perMinute(1)]))).code).toBe('request.too_many');
    world.advance(1);
    await use([perMinute(1)]);
  });

  test('of the next day counts today and on that day', async () => {
    const [midnight, nextMidnight] = [Date.UTC(2026, 10, 21, 16), Date.UTC(2026, 10, 22, 16)];
    await use([perDay(2)]);
    await useAhead([perDay(2)], 13 * 3_600_000);
    expect(await refusalOf(use([perDay(2)]))).toEqual(tooMany(midnight));
    world.advance(midnight - noonMs);
    expect(await refusalOf(use([perDay(1)]))).toEqual(tooMany(nextMidnight));
    await use([perDay(2)]);
    expect(await refusalOf(use([perDay(2)]))).toEqual(tooMany(nextMidnight));
  });

  test('alone is told by the end of its own day', async () => {
    await useAhead([perDay(1)], 13 * 3_600_000);
    expect(await refusalOf(use([perDay(1)]))).toEqual(tooMany(Date.UTC(2026, 10, 22, 16)));
  });
});

describe('a limit that does not bind those who have used little of another', () => {
  const midnight = Date.UTC(2026, 10, 21, 16);

  test('lets through while the other has room, and then as any limit', async () => {
    const limits = [unlessUsed(perDay(1), 'network', 2)];
    await use(limits);
    await use(limits);
    await use([perDay(9)], 'network', 'sms');
    await use(limits);
    await use([perDay(9)], 'network', 'sms');
    expect(await refusalOf(use(limits))).toEqual(tooMany(midnight));
    await use(limits, 'somebody else');
  });

  test('is not the one that is told of where another is used up', async () => {
    const limits = [
      unlessUsed(perMinute(1), 'quiet network', 1),
      unlessUsed(perDay(1), 'busy network', 2),
    ];
    for (const subject of ['busy network', 'busy network'] as const) {
      await use([perDay(9)], subject, 'sms');
    }
    await use(limits);
    expect(await refusalOf(use(limits))).toEqual(tooMany(midnight));
    await use([perDay(9)], 'quiet network', 'sms');
    expect(await refusalOf(use(limits))).toEqual(tooMany(noonMs + 60_000));
  });
});

describe('the ledger', () => {
  test('a claim given back counts no more and stays with its reason', async () => {
    const claim = await use([perDay(1)]);
    const { db } = world.ctx();
    await commit(db, [release(db, claim.id, 'gateway_refused')]);
    await use([perDay(1)]);
    expect((await refusalOf(use([perDay(1)]))).code).toBe('request.too_many');
    const rows = await ledger();
    expect(rows.map(({ isCounted, reason }) => ({ isCounted, reason }))).toEqual(
      expect.arrayContaining([
        { isCounted: false, reason: 'gateway_refused' },
        { isCounted: true, reason: null },
      ]),
    );
    expect(rows).toHaveLength(2);
  });

  test('the instant told comes from the claims that count, not from one given back', async () => {
    const early = await use([perMinute(2)]);
    world.advance(5_000);
    await use([perMinute(2)]);
    const { db } = world.ctx();
    await commit(db, [release(db, early.id, 'given back')]);
    world.advance(5_000);
    await use([perMinute(2)]);
    expect(await refusalOf(use([perMinute(2)]))).toEqual(tooMany(noonMs + 65_000));
  });

  test('giving back everything leaves other subjects and other kinds as they are', async () => {
    for (const [subject, kind] of [
      ['somebody', 'photo'],
      ['somebody', 'photo'],
      ['somebody else', 'photo'],
      ['somebody', 'cancellation'],
    ] as const) {
      await use([perDay(9)], subject, kind);
    }
    const { db } = world.ctx();
    const claim = newClaim(world.ctx(), 'photo', 'somebody', []);
    await commit(db, [releaseAll(db, [claim], 0, 'signed_in')]);
    const used = (kind: ClaimKind, subject: string) => usedSince(db, kind, subject, 0);
    expect(await used('photo', 'somebody')).toEqual([{ used: 0 }]);
    expect(await used('photo', 'somebody else')).toEqual([{ used: 1 }]);
    expect(await used('cancellation', 'somebody')).toEqual([{ used: 1 }]);
  });

  test('of several claims given back the first takes all of its subject along, the others themselves alone', async () => {
    await use([perDay(9)], 'somebody', 'photo');
    await use([perDay(9)], 'somebody', 'cancellation');
    const ctx = world.ctx();
    const claims: [Claim, Claim] = [
      newClaim(ctx, 'photo', 'somebody', [perDay(9)]),
      newClaim(ctx, 'cancellation', 'somebody', [perDay(9)]),
    ];
    await commitClaims(ctx, claims, []);
    await commit(ctx.db, [releaseAll(ctx.db, claims, 0, 'given back')]);
    const used = (kind: ClaimKind) => usedSince(ctx.db, kind, 'somebody', 0);
    expect(await used('photo')).toEqual([{ used: 0 }]);
    expect(await used('cancellation')).toEqual([{ used: 1 }]);
  });

  test('a write that is refused for another reason costs nothing, and its own reason is told at once', async () => {
    const ctx = world.ctx();
    const claim = newClaim(ctx, 'photo', 'somebody', [perDay(1)]);
    const refused = guard(ctx.db, sql`1 = 2`, { code: 'puzzle.ticket_refused' });
    expect(await refusalOf(commitClaims(ctx, [claim], [refused]))).toEqual({
      code: 'puzzle.ticket_refused',
    });
    expect(ctx.db.meter.roundTrips).toBe(1);
    expect(await ledger()).toEqual([]);
  });

  test('without a database nothing is let through', async () => {
    const ctx = withoutDatabase(world.ctx());
    const claim = newClaim(ctx, 'photo', 'somebody', [perDay(1)]);
    const write = [ctx.db.select().from(allowanceTable)] as const;
    expect(await refusalOf(commitClaims(ctx, [claim], write))).toEqual({
      code: 'service.unavailable',
    });
  });
});
