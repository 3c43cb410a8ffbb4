import { commit, isUniqueViolation, puzzleTable } from '@shiming/db';
import { AppError, isPuzzleSolved, type PuzzlePurpose } from '@shiming/domain';
import { and, eq, gt } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { type Binding, give, spendSecret } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';

/** DOMAIN 7: a puzzle lives two minutes, a ticket three. */
const puzzleValidMs = 120_000;
const ticketValidMs = 180_000;

/** Enough for a school behind one address; a machine that guesses gets one guess for each. */
const perAddress: readonly Limit[] = [
  {
    limit: 300,
    window: { lastMs: 10 * 60_000 },
    refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
  },
];

/** T-REG-11. The pictures are PNG as base64; the answer stays here. */
export async function drawPuzzle(ctx: Ctx, input: { purpose: PuzzlePurpose }) {
  const painted = ctx.painter.paint(ctx.crypto.randomBytes(32));
  const { background, piece, x, y, width, height, pieceSize } = painted;
  const id = ctx.crypto.randomToken(12);
  const expiresAtMs = ctx.now() + puzzleValidMs;
  const subject = await subjectHash(ctx, 'address', ctx.visitor.address);
  await commitClaims(
    ctx,
    [newClaim(ctx, 'puzzle', subject, perAddress)],
    [
      ctx.db.insert(puzzleTable).values({
        id,
        purpose: input.purpose,
        deviceId: ctx.visitor.deviceId,
        x,
        width,
        expiresAtMs,
      }),
    ],
  );
  return { puzzleId: id, background, piece, width, height, pieceSize, y, expiresAtMs };
}

const ticketBinding = (ctx: Ctx, purpose: PuzzlePurpose): Binding => ({
  purpose: `ticket.${purpose}`,
  subject: ctx.visitor.deviceId,
});

/**
 * The first attempt takes the puzzle away, right or wrong: there is no second guess.
 *
 * @throws AppError puzzle.expired when there is no such puzzle for this browser (any more), puzzle.wrong
 */
export async function solvePuzzle(
  ctx: Ctx,
  input: { puzzleId: string; x: number },
): Promise<{ ticket: string; expiresAtMs: number }> {
  const [puzzle] = await ctx.db
    .delete(puzzleTable)
    .where(
      and(
        eq(puzzleTable.id, input.puzzleId),
        eq(puzzleTable.deviceId, ctx.visitor.deviceId),
        gt(puzzleTable.expiresAtMs, ctx.now()),
      ),
    )
    .returning();
  refuseUnless(puzzle !== undefined, { code: 'puzzle.expired' });
  refuseUnless(isPuzzleSolved(puzzle, input.x), { code: 'puzzle.wrong' });
  return giveTicket(ctx, puzzle.purpose as PuzzlePurpose, ctx.crypto.randomToken(12));
}

/** The way for those who cannot drag: some seconds of computing instead (MIIT 适老化 1.5, WCAG 2.5.7). */
export function drawProofOfWork(ctx: Ctx) {
  return ctx.proofOfWork.create(ctx.now() + puzzleValidMs);
}

/** @throws AppError puzzle.wrong when it does not solve, puzzle.expired when it ended or was handed in before */
export async function solveProofOfWork(
  ctx: Ctx,
  input: { purpose: PuzzlePurpose; solution: string },
): Promise<{ ticket: string; expiresAtMs: number }> {
  const { isSolved, challengeId } = await ctx.proofOfWork.verify(input.solution, ctx.now());
  refuseUnless(isSolved, { code: 'puzzle.wrong' });
  try {
    // The ticket outlives the challenge, so a challenge handed in again still finds it here.
    return await giveTicket(ctx, input.purpose, `work:${challengeId}`);
  } catch (error) {
    if (isUniqueViolation(error, 'challenge.id')) throw new AppError({ code: 'puzzle.expired' });
    throw error;
  }
}

async function giveTicket(ctx: Ctx, purpose: PuzzlePurpose, id: string) {
  const ticket = ctx.crypto.randomToken(32);
  const life = { validMs: ticketValidMs, tries: 1 };
  await commit(ctx.db, await give(ctx, id, ticketBinding(ctx, purpose), ticket, life));
  return { ticket, expiresAtMs: ctx.now() + ticketValidMs };
}

/** Statements that spend a ticket: good once, for its purpose, in the browser that earned it. */
export function spendTicket(ctx: Ctx, purpose: PuzzlePurpose, ticket: string) {
  return spendSecret(ctx, ticketBinding(ctx, purpose), ticket, { code: 'puzzle.ticket_refused' });
}
