import { expect, test } from 'vitest';
import { isPuzzleSolved, ticketUses } from './puzzle.ts';

test.for([
  [320, 100, 96, true],
  [320, 100, 95.9, false],
  [320, 100, 104, true],
  [320, 100, 104.1, false],
  [640, 200, 192, true],
  [640, 200, 191, false],
  [640, 200, 208, true],
  [640, 200, 209, false],
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

test('T-REG-11: one puzzle is enough for each flow', () => {
  expect(ticketUses).toEqual({ register: 4, login: 3, recover: 5, contact: 5, ticket: 2 });
});
