import { challengeTable, puzzleTable } from '@shiming/db';
import type { PuzzlePurpose } from '@shiming/domain';
import { and, eq, like } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { drawProofOfWork, solveProofOfWork, solvePuzzle } from '../puzzle/puzzle.ts';
import { solveWork } from './solve-work.ts';

/** The answer to a puzzle: the test reads it from the database, where no browser looks. */
export async function puzzleAnswer(ctx: Ctx, puzzleId: string): Promise<number> {
  const [puzzle] = await ctx.db.select().from(puzzleTable).where(eq(puzzleTable.id, puzzleId));
  return puzzle?.x ?? -1;
}

/** A ticket of its own, whatever the browser holds: a puzzle is put where it would have been drawn, and solved. */
export async function giveTestTicket(ctx: Ctx, purpose: PuzzlePurpose): Promise<string> {
  const { deviceId } = ctx.visitor;
  const puzzle = { id: ctx.crypto.randomToken(12), purpose, deviceId, x: 100, width: 320 };
  await ctx.db.insert(puzzleTable).values({ ...puzzle, expiresAtMs: ctx.now() + 1 });
  return (await solvePuzzle(ctx, { puzzleId: puzzle.id, x: puzzle.x })).ticket;
}

/** A ticket earned by computing, for the least work: what heavy work costs is tested where it is asked for. */
export async function giveTestWork(ctx: Ctx, purpose: PuzzlePurpose, isHeavy: boolean) {
  const proofOfWork: Ctx['proofOfWork'] = {
    ...ctx.proofOfWork,
    create: (expiresAtMs, _weight, note) => ctx.proofOfWork.create(expiresAtMs, 1, note),
  };
  const solution = solveWork(await drawProofOfWork({ ...ctx, proofOfWork }, { isHeavy }));
  return (await solveProofOfWork(ctx, { purpose, solution })).ticket;
}

/** A ticket for each visitor. */
export const giveTestTickets = (
  visitors: readonly Ctx[],
  purpose: PuzzlePurpose,
): Promise<string[]> => Promise.all(visitors.map((ctx) => giveTestTicket(ctx, purpose)));

/** Uses up every ticket that a browser holds. */
export async function useUpTickets({ db, visitor }: Ctx): Promise<void> {
  await db
    .update(challengeTable)
    .set({ triesLeft: 0 })
    .where(
      and(like(challengeTable.purpose, 'ticket.%'), eq(challengeTable.subject, visitor.deviceId)),
    );
}
