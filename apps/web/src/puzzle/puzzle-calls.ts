import type { PuzzlePurpose } from '@shiming/domain';
import { api } from '../api.ts';
import type { PuzzleCalls } from './puzzle.tsx';

/** The server's side of a puzzle: `<Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />`. */
export function puzzleCalls(purpose: PuzzlePurpose): PuzzleCalls {
  return {
    load: () => api.puzzle.draw.mutate({ purpose }),
    solve: (puzzleId, x) => api.puzzle.solve.mutate({ puzzleId, x }),
    loadProofOfWork: (isHeavy) => api.puzzle.drawProofOfWork.mutate({ isHeavy }),
    solveProofOfWork: (solution) => api.puzzle.solveProofOfWork.mutate({ purpose, solution }),
  };
}
