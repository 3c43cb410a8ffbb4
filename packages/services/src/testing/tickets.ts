import { puzzleTable } from '@shiming/db';
import type { PuzzlePurpose } from '@shiming/domain';
import type { PaintedPuzzle } from '@shiming/providers';
import { eq } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { drawPuzzle, solvePuzzle } from '../puzzle/puzzle.ts';

/** The answer to a puzzle: the test reads it from the database, where no browser looks. */
export async function puzzleAnswer(ctx: Ctx, puzzleId: string): Promise<number> {
  const [puzzle] = await ctx.db.select().from(puzzleTable).where(eq(puzzleTable.id, puzzleId));
  return puzzle?.x ?? -1;
}

// Painting is by far the most of a ticket's cost, and for a ticket any picture will do.
let painted: PaintedPuzzle | null = null;

/** A ticket earned as a browser earns it. */
export async function giveTestTicket(ctx: Ctx, purpose: PuzzlePurpose): Promise<string> {
  const painter = { paint: (seed: Uint8Array) => (painted ??= ctx.painter.paint(seed)) };
  const { puzzleId } = await drawPuzzle({ ...ctx, painter }, { purpose });
  const { ticket } = await solvePuzzle(ctx, { puzzleId, x: await puzzleAnswer(ctx, puzzleId) });
  return ticket;
}

/** A ticket for each visitor. */
export const giveTestTickets = (
  visitors: readonly Ctx[],
  purpose: PuzzlePurpose,
): Promise<string[]> => Promise.all(visitors.map((ctx) => giveTestTicket(ctx, purpose)));
