import { puzzleTable } from '@shiming/db';
import type { PuzzlePurpose } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { drawPuzzle, solvePuzzle } from '../puzzle/puzzle.ts';

/** The answer to a puzzle: the test reads it from the database, where no browser looks. */
export async function puzzleAnswer(ctx: Ctx, puzzleId: string): Promise<number> {
  const [puzzle] = await ctx.db.select().from(puzzleTable).where(eq(puzzleTable.id, puzzleId));
  return puzzle?.x ?? -1;
}

/** A ticket earned as a browser earns it. */
export async function giveTestTicket(ctx: Ctx, purpose: PuzzlePurpose): Promise<string> {
  const { puzzleId } = await drawPuzzle(ctx, { purpose });
  const { ticket } = await solvePuzzle(ctx, { puzzleId, x: await puzzleAnswer(ctx, puzzleId) });
  return ticket;
}

/** A ticket for each visitor; the picture is painted only once. */
export async function giveTestTickets(
  visitors: readonly Ctx[],
  purpose: PuzzlePurpose,
): Promise<string[]> {
  const painted = await visitors[0]?.painter.paint(new Uint8Array(32));
  if (painted === undefined) return [];
  const painter = { paint: () => Promise.resolve(painted) };
  const tickets: string[] = [];
  for (const ctx of visitors) tickets.push(await giveTestTicket({ ...ctx, painter }, purpose));
  return tickets;
}
