import { expect, test } from 'vitest';
import { isPuzzleSolved } from './puzzle.ts';

test.for([
  [320, 100, 95, true],
  [320, 100, 94.9, false],
  [320, 100, 105, true],
  [320, 100, 105.1, false],
  [640, 200, 190, true],
  [640, 200, 189, false],
  [640, 200, 210, true],
  [640, 200, 211, false],
  [320, 100, 100, true],
  [320, 0, 0, true],
  [320, 100, Number.NaN, false],
  [320, 100, Number.POSITIVE_INFINITY, false],
] as const)(
  'T-REG-11: in a picture %i wide with the hole at %i, letting go at %f: %s',
  ([width, x, letGo, isSolved]) => {
    expect(isPuzzleSolved({ x, width }, letGo)).toBe(isSolved);
  },
);
