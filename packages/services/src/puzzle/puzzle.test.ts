import { challengeTable, commit, puzzleTable } from '@shiming/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { solveWork } from '../testing/solve-work.ts';
import { giveTestTicket, puzzleAnswer } from '../testing/tickets.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  drawProofOfWork,
  drawPuzzle,
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

async function draw() {
  const ctx = world.ctx();
  const puzzle = await drawPuzzle(ctx, { purpose: 'register' });
  return { ctx, puzzle, x: await puzzleAnswer(ctx, puzzle.puzzleId) };
}

const solve = (puzzleId: string, x: number, ctx = world.ctx()) => solvePuzzle(ctx, { puzzleId, x });

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
      'width',
      'y',
    ]);
    expect(puzzle.expiresAtMs).toBe(world.nowMs() + 120_000);
  });

  test('solved, it gives a ticket that lives three minutes', async () => {
    const { ctx, puzzle, x } = await draw();
    const { ticket, expiresAtMs } = await solve(puzzle.puzzleId, x);
    expect(expiresAtMs).toBe(world.nowMs() + 180_000);
    world.advance(179_999);
    expect(await spend(ctx, ticket)).toBe(true);
  });

  test.for([-1, 1] as const)(
    'let go 5 px of 320 beside the hole is solved, 1 px more is not (%i)',
    async (side) => {
      const within = await draw();
      const px = within.puzzle.width / 320;
      await solve(within.puzzle.puzzleId, within.x + side * 5 * px);
      const beyond = await draw();
      const wrong = solve(beyond.puzzle.puzzleId, beyond.x + side * 6 * px);
      expect(await refusalOf(wrong)).toEqual({ code: 'puzzle.wrong' });
    },
  );

  test('a wrong guess takes the puzzle away: the right one after it comes too late', async () => {
    const { puzzle, x } = await draw();
    expect(await refusalOf(solve(puzzle.puzzleId, x + 100))).toEqual({ code: 'puzzle.wrong' });
    expect(await refusalOf(solve(puzzle.puzzleId, x))).toEqual({ code: 'puzzle.expired' });
  });

  test('50 guesses at once are one guess', async () => {
    const { puzzle, x } = await draw();
    const { done, refused } = await atOnce(50, () => solve(puzzle.puzzleId, x));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'puzzle.expired': 49 });
  });

  test('another browser cannot solve it, nor take it away', async () => {
    const { puzzle, x } = await draw();
    const other = solve(puzzle.puzzleId, x, otherDevice());
    expect(await refusalOf(other)).toEqual({ code: 'puzzle.expired' });
    expect((await solve(puzzle.puzzleId, x)).ticket).not.toBe('');
  });

  test('lives to its last millisecond, and not a millisecond longer', async () => {
    const first = await draw();
    const second = await draw();
    world.advance(119_999);
    await solve(first.puzzle.puzzleId, first.x);
    world.advance(1);
    expect(await refusalOf(solve(second.puzzle.puzzleId, second.x))).toEqual({
      code: 'puzzle.expired',
    });
  });

  test('one address draws 300 in ten minutes, another address is not in its way', async () => {
    const painted = world.ctx().painter.paint(new Uint8Array(32));
    const at = (address: string): Ctx => ({
      ...world.ctx({ visitor: { address } }),
      painter: { paint: () => painted },
    });
    const drawAt = (address: string) => drawPuzzle(at(address), { purpose: 'login' });
    const { done, refused } = await atOnce(301, () => drawAt('198.51.100.1'));
    expect(done).toHaveLength(300);
    expect(refused).toEqual([{ code: 'request.too_many', retryAtMs: world.nowMs() + 600_000 }]);
    await drawAt('198.51.100.2');
  });

  test('without a database it is service.unavailable', async () => {
    const ctx = withoutDatabase(world.ctx());
    const refusal = { code: 'service.unavailable' };
    expect(await refusalOf(drawPuzzle(ctx, { purpose: 'login' }))).toEqual(refusal);
    expect(await refusalOf(solve('any', 1, ctx))).toEqual(refusal);
  });
});

describe('T-REG-11: a ticket', () => {
  const refusal = { code: 'puzzle.ticket_refused' };

  test('is good once, however many spend it at once', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    const { done, refused } = await atOnce(8, () => spend(world.ctx(), ticket));
    expect(done).toEqual([true]);
    expect(codesOf(refused)).toEqual({ 'puzzle.ticket_refused': 7 });
  });

  test('is good for its purpose, in the browser that earned it, until it ends', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    expect(await refusalOf(spend(world.ctx(), ticket, 'login'))).toEqual(refusal);
    expect(await refusalOf(spend(otherDevice(), ticket))).toEqual(refusal);
    expect(await refusalOf(spend(world.ctx(), ''))).toEqual(refusal);
    expect(await refusalOf(spend(world.ctx(), `${ticket}=`))).toEqual(refusal);
    world.advance(180_000);
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
    const solution = solveWork(await drawProofOfWork(world.ctx()));
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
    const solution = solveWork(await drawProofOfWork(ctx));
    const wrong = btoa(atob(solution).replace(/"derivedKey":"../, '"derivedKey":"zz'));
    for (const bad of [wrong, '', 'not base64', btoa('{}')]) {
      const refused = refusalOf(solveProofOfWork(ctx, { purpose: 'login', solution: bad }));
      expect(await refused).toEqual({ code: 'puzzle.wrong' });
    }
    world.advance(120_000);
    const late = refusalOf(solveProofOfWork(ctx, { purpose: 'login', solution }));
    expect(await late).toEqual({ code: 'puzzle.wrong' });
  });
});
