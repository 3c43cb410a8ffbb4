import { challengeTable, commit, puzzleTable } from '@shiming/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { solveWork } from '../testing/solve-work.ts';
import { giveTestTicket, giveTestWork, puzzleAnswer } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  drawProofOfWork,
  drawPuzzle,
  isHeavy,
  solveProofOfWork,
  solvePuzzle,
  spendTicket,
} from './puzzle.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(() => world.advance(3_600_000));

const otherDevice = () => world.ctx({ visitor: { deviceId: 'device-2' } });

async function spend(ctx: Ctx, ticket: string, purpose: 'register' | 'login' = 'register') {
  await commit(ctx.db, [...(await spendTicket(ctx, purpose, ticket))]);
  return true;
}

let devices = 0;
async function draw() {
  // A browser of its own each time: one that holds a ticket gets no puzzle.
  const ctx = world.ctx({ visitor: { deviceId: `device-${(devices += 1)}` } });
  const puzzle = await drawPuzzle(ctx, { purpose: 'register' });
  if (puzzle.way !== 'picture') throw new Error('no picture was drawn');
  return { ctx, puzzle, x: await puzzleAnswer(ctx, puzzle.puzzleId) };
}

const solve = (puzzleId: string, x: number, ctx = world.ctx()) => solvePuzzle(ctx, { puzzleId, x });

/** A request whose pictures are counted, and painted once. */
function countPictures(ctx: Ctx) {
  const picture = ctx.painter.paint(new Uint8Array(32));
  let count = 0;
  const paint = () => {
    count += 1;
    return picture;
  };
  return { painted: () => count, ctx: { ...ctx, painter: { ...ctx.painter, paint } } };
}

describe('T-REG-11: the slider puzzle', () => {
  test('is drawn without its answer and lives two minutes', async () => {
    const { puzzle } = await draw();
    expect(Object.keys(puzzle).toSorted()).toEqual([
      'background',
      'expiresAtMs',
      'height',
      'piece',
      'pieceSize',
      'puzzleId',
      'way',
      'width',
      'y',
    ]);
    expect(puzzle.expiresAtMs).toBe(world.nowMs() + 120_000);
  });

  test('solved, it gives a ticket that lives half an hour', async () => {
    const { ctx, puzzle, x } = await draw();
    const { ticket, expiresAtMs } = await solve(puzzle.puzzleId, x, ctx);
    expect(expiresAtMs).toBe(world.nowMs() + 1_800_000);
    world.advance(1_799_999);
    expect(await spend(ctx, ticket)).toBe(true);
  });

  test.for([-1, 1] as const)(
    'let go 4 px of 320 beside the hole is solved, 1 px more is not (%i)',
    async (side) => {
      const within = await draw();
      const px = within.puzzle.width / 320;
      await solve(within.puzzle.puzzleId, within.x + side * 4 * px, within.ctx);
      const beyond = await draw();
      const wrong = solve(beyond.puzzle.puzzleId, beyond.x + side * 5 * px, beyond.ctx);
      expect(await refusalOf(wrong)).toEqual({ code: 'puzzle.wrong' });
    },
  );

  test('a wrong guess takes the puzzle away: the right one after it comes too late', async () => {
    const { ctx, puzzle, x } = await draw();
    const wrong = solve(puzzle.puzzleId, x + 100, ctx);
    expect(await refusalOf(wrong)).toEqual({ code: 'puzzle.wrong' });
    expect(await refusalOf(solve(puzzle.puzzleId, x, ctx))).toEqual({ code: 'puzzle.expired' });
  });

  test('50 guesses at once are one guess', async () => {
    const { ctx, puzzle, x } = await draw();
    const { done, refused } = await atOnce(50, () => solve(puzzle.puzzleId, x, ctx));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'puzzle.expired': 49 });
  });

  test('another browser cannot solve it, nor take it away', async () => {
    const { ctx, puzzle, x } = await draw();
    const other = solve(puzzle.puzzleId, x, world.ctx());
    expect(await refusalOf(other)).toEqual({ code: 'puzzle.expired' });
    expect((await solve(puzzle.puzzleId, x, ctx)).ticket).not.toBe('');
  });

  test('lives to its last millisecond, and not a millisecond longer', async () => {
    const first = await draw();
    const second = await draw();
    world.advance(119_999);
    await solve(first.puzzle.puzzleId, first.x, first.ctx);
    world.advance(1);
    expect(await refusalOf(solve(second.puzzle.puzzleId, second.x, second.ctx))).toEqual({
      code: 'puzzle.expired',
    });
  });

  test('one address has 600 pictures an hour and is then given work; another address is not in its way', async () => {
    await useUpOf(world, 'puzzle', { address: '198.51.100.1' }, 580);
    const counting = countPictures(world.ctx({ visitor: { address: '198.51.100.1' } }));
    const { done } = await atOnce(100, () => drawPuzzle(counting.ctx, { purpose: 'login' }));
    expect(done.filter(({ way }) => way === 'picture')).toHaveLength(20);
    expect(done.filter(({ way }) => way === 'work')).toHaveLength(80);
    expect(counting.painted()).toBe(20);
    const other = world.ctx({ visitor: { address: '198.51.100.2' } });
    expect(await drawPuzzle(other, { purpose: 'login' })).toMatchObject({ way: 'picture' });
  });

  test('at 6,000 an hour it ends, for pictures and for work, and nothing is painted', async () => {
    await useUpOf(world, 'puzzle', { address: '198.51.100.3' }, 5_980);
    const counting = countPictures(world.ctx({ visitor: { address: '198.51.100.3' } }));
    const { done, refused } = await atOnce<unknown>(100, (index) =>
      index % 2 === 0
        ? drawPuzzle(counting.ctx, { purpose: 'login' })
        : drawProofOfWork(counting.ctx, { isHeavy: false }),
    );
    expect([done.length, codesOf(refused)]).toEqual([20, { 'request.too_many': 80 }]);
    expect(counting.painted()).toBe(0);
  });

  test('without a database it is service.unavailable', async () => {
    const ctx = withoutDatabase(world.ctx());
    const refusal = { code: 'service.unavailable' };
    expect(await refusalOf(drawPuzzle(ctx, { purpose: 'login' }))).toEqual(refusal);
    expect(await refusalOf(drawProofOfWork(ctx, { isHeavy: false }))).toEqual(refusal);
    expect(await refusalOf(solve('any', 1, ctx))).toEqual(refusal);
  });
});

describe('T-REG-11: a ticket', () => {
  const refusal = { code: 'puzzle.ticket_refused' };

  test('is good for what one flow needs, however many spend it at once', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    const { done, refused } = await atOnce(20, () => spend(world.ctx(), ticket));
    expect(done).toHaveLength(4);
    expect(codesOf(refused)).toEqual({ 'puzzle.ticket_refused': 16 });
  });

  test('is given again to the browser that holds it, and no other puzzle, until it is used up', async () => {
    const ctx = world.ctx({ visitor: { deviceId: 'device-of-one-flow' } });
    const ticket = await giveTestTicket(ctx, 'register');
    const again = () => drawPuzzle(ctx, { purpose: 'register' });
    for (let uses = 0; uses < 4; uses += 1) {
      expect(await again()).toMatchObject({ way: 'ticket', ticket });
      await spend(ctx, ticket);
    }
    expect(await again()).toMatchObject({ way: 'picture' });
    expect(await drawPuzzle(ctx, { purpose: 'login' })).toMatchObject({ way: 'picture' });
    expect(await drawPuzzle(otherDevice(), { purpose: 'register' })).toMatchObject({
      way: 'picture',
    });
  });

  test('that was given under a former key is given again while that key is held', async () => {
    const ctx = world.ctx({ visitor: { deviceId: 'device-of-another-key' } });
    const ticket = await giveTestTicket(ctx, 'register');
    const other = { id: 't9', key: new Uint8Array(32).fill(9) };
    const drawWith = (token: Ctx['keys']['token']) =>
      drawPuzzle({ ...ctx, keys: { ...ctx.keys, token } }, { purpose: 'register' });
    expect(await drawWith([other, ...ctx.keys.token])).toMatchObject({ way: 'ticket', ticket });
    expect(await drawWith([other])).toMatchObject({ way: 'picture' });
  });

  test('is good for its purpose, in the browser that earned it, until it ends', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    expect(await refusalOf(spend(world.ctx(), ticket, 'login'))).toEqual(refusal);
    expect(await refusalOf(spend(otherDevice(), ticket))).toEqual(refusal);
    expect(await refusalOf(spend(world.ctx(), ''))).toEqual(refusal);
    expect(await refusalOf(spend(world.ctx(), `${ticket}=`))).toEqual(refusal);
    world.advance(1_800_000);
    expect(await refusalOf(spend(world.ctx(), ticket))).toEqual(refusal);
  });

  test('is stored as a keyed hash only', async () => {
    const ctx = world.ctx();
    const ticket = await giveTestTicket(ctx, 'register');
    const rows = [
      ...(await ctx.db.select().from(challengeTable)),
      ...(await ctx.db.select().from(puzzleTable)),
    ];
    expect(JSON.stringify(rows)).not.toContain(ticket);
  });
});

describe('T-REG-11: computing instead of dragging', () => {
  test('earns a ticket, once for each challenge, however many hand it in at once', async () => {
    const solution = solveWork(await drawProofOfWork(world.ctx(), { isHeavy: false }));
    const { done, refused } = await atOnce(8, () =>
      solveProofOfWork(world.ctx(), { purpose: 'login', solution }),
    );
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'puzzle.expired': 7 });
    expect(await spend(world.ctx(), done[0]?.ticket ?? '', 'login')).toBe(true);
    // Neither another purpose nor another browser makes it new.
    const again = solveProofOfWork(otherDevice(), { purpose: 'register', solution });
    expect(await refusalOf(again)).toEqual({ code: 'puzzle.expired' });
  });

  test('a challenge that ended, and one that is not solved, earn nothing', async () => {
    const ctx = world.ctx();
    const solution = solveWork(await drawProofOfWork(ctx, { isHeavy: false }));
    const wrong = btoa(atob(solution).replace(/"derivedKey":"../, '"derivedKey":"zz'));
    for (const bad of [wrong, '', 'not base64', btoa('{}')]) {
      const refused = refusalOf(solveProofOfWork(ctx, { purpose: 'login', solution: bad }));
      expect(await refused).toEqual({ code: 'puzzle.wrong' });
    }
    world.advance(120_000);
    const late = refusalOf(solveProofOfWork(ctx, { purpose: 'login', solution }));
    expect(await late).toEqual({ code: 'puzzle.wrong' });
  });

  test.for([
    [299, 1],
    [300, 2],
    [600, 4],
    [900, 8],
    [1_200, 16],
    [5_000, 16],
  ] as const)(
    'costs more with use: after %i of the hour %i times as much',
    async ([uses, weight]) => {
      const address = `uses-${uses}`;
      await useUpOf(world, 'puzzle', { address }, uses);
      const ctx = world.ctx({ visitor: { address } });
      const weights: number[] = [];
      const proofOfWork: Ctx['proofOfWork'] = {
        ...ctx.proofOfWork,
        create: (...asked) => {
          weights.push(asked[1]);
          return ctx.proofOfWork.create(...asked);
        },
      };
      await drawProofOfWork({ ...ctx, proofOfWork }, { isHeavy: false });
      expect(weights).toEqual([weight]);
    },
  );

  test('heavy work earns a ticket of one use, which counts as a light one, too', async () => {
    const ctx = world.ctx({ visitor: { deviceId: 'device-of-heavy-work' } });
    const ticket = await giveTestWork(ctx, 'login', true);
    expect(isHeavy(ticket)).toBe(true);
    const { done } = await atOnce(5, () => spend(ctx, ticket, 'login'));
    expect(done).toHaveLength(1);
    const light = await giveTestWork(ctx, 'login', false);
    const claimed = spend(ctx, `heavy.${light}`, 'login');
    expect(await refusalOf(claimed)).toEqual({ code: 'puzzle.ticket_refused' });
  });
});

describe('T-REG-11: a portal that asks by risk', () => {
  test('gives twenty tickets an hour to one address unasked, and then a puzzle', async () => {
    const { done } = await atOnce(30, (index) => {
      const visitor = { address: '198.51.100.9', deviceId: `quiet-${index}` };
      const ctx = world.ctx({ visitor });
      return drawPuzzle(
        { ...ctx, portal: { ...ctx.portal, puzzle: 'by_risk' } },
        { purpose: 'login' },
      );
    });
    expect(done.filter(({ way }) => way === 'ticket')).toHaveLength(20);
    expect(done.filter(({ way }) => way === 'picture')).toHaveLength(10);
  });
});
