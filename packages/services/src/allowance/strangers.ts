import type { AllowanceRule, AppErrorData } from '@shiming/domain';
import type { Limit } from './allowance.ts';

/** Bounds on what all strangers together do to one account: by puzzle, by heavy work, and from little-used networks. */
type Bounds = { window: AllowanceRule['window']; byPuzzle: number; byWork: number; most: number };

/**
 * Limits that anybody can fill, so what they fill is a price: up to `byPuzzle` a puzzle is enough, then it takes heavy
 * work, from `byWork` on it also takes room by the rule `network`, and `most` are all.
 */
export const strangersLimits = (
  { window, byPuzzle, byWork, most }: Bounds,
  isHeavy: boolean,
  network: NonNullable<Limit['unless']>,
  refusal: (limit: number, resumesAtMs: number) => AppErrorData,
): readonly Limit[] => [
  ...(isHeavy
    ? []
    : [{ limit: byPuzzle, window, refusal: () => ({ code: 'puzzle.work_required' }) as const }]),
  { limit: byWork, window, refusal: (atMs) => refusal(byWork, atMs), unless: network },
  { limit: most, window, refusal: (atMs) => refusal(most, atMs) },
];
