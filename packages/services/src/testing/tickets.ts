import { puzzleTable } from '@shiming/db';
import type { PuzzlePurpose } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { drawPuzzle, solvePuzzle } from '../puzzle/puzzle.ts';

/** A ticket earned as a browser earns it; the test reads the answer from the database, where no browser looks. */
export async function giveTestTicket(ctx: Ctx, purpose: PuzzlePurpose): Promise<string> {
  const { puzzleId } = await drawPuzzle(ctx, { purpose });
  const [puzzle] = await ctx.db.select().from(puzzleTable).where(eq(puzzleTable.id, puzzleId));
  const { ticket } = await solvePuzzle(ctx, { puzzleId, x: puzzle?.x ?? -1 });
  return ticket;
}
