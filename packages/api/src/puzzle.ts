import {
  DrawProofOfWorkInput,
  DrawPuzzleInput,
  SolveProofOfWorkInput,
  SolvePuzzleInput,
} from '@shiming/domain';
import {
  drawProofOfWork,
  drawPuzzle,
  solveProofOfWork,
  solvePuzzle,
} from '@shiming/services/puzzle/puzzle';
import { publicProcedure, router } from './trpc.ts';

/** As many arguments as a call certainly takes. */
const bytesAtOnce = 8_192;

function pngUrl(png: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < png.length; at += bytesAtOnce) {
    // Spread, the bytes would go through an iterator, which takes longer than all the rest.
    const part: string = Reflect.apply(
      String.fromCharCode,
      null,
      png.subarray(at, at + bytesAtOnce),
    );
    binary += part;
  }
  return `data:image/png;base64,${btoa(binary)}`;
}

export const puzzleRouter = router({
  draw: publicProcedure
    .meta({ roundTrips: 2, errors: ['request.too_many'] })
    .input(DrawPuzzleInput)
    .mutation(async ({ ctx, input }) => {
      const drawn = await drawPuzzle(ctx.ctx, input);
      if (drawn.way !== 'picture') return drawn;
      const { background, piece, ...puzzle } = drawn;
      return { ...puzzle, backgroundUrl: pngUrl(background), pieceUrl: pngUrl(piece) };
    }),
  solve: publicProcedure
    .meta({ roundTrips: 2, errors: ['puzzle.expired', 'puzzle.wrong'] })
    .input(SolvePuzzleInput)
    .mutation(({ ctx, input }) => solvePuzzle(ctx.ctx, input)),
  drawProofOfWork: publicProcedure
    .meta({ roundTrips: 2, errors: ['request.too_many'] })
    .input(DrawProofOfWorkInput)
    .mutation(({ ctx, input }) => drawProofOfWork(ctx.ctx, input)),
  solveProofOfWork: publicProcedure
    .meta({ roundTrips: 1, errors: ['puzzle.expired', 'puzzle.wrong'] })
    .input(SolveProofOfWorkInput)
    .mutation(({ ctx, input }) => solveProofOfWork(ctx.ctx, input)),
});
