import { expect, test } from 'vitest';
import { isOrientation, turned, uprightMatrix, uprightSize } from './orientation.ts';

const size = { width: 4, height: 3 };
const orientations = [1, 2, 3, 4, 5, 6, 7, 8].filter(isOrientation);

function place(matrix: readonly number[], x: number, y: number): [number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix;
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Where the upper left corner and the middle of the upper edge come to be seen. */
const seen = (orientation: (typeof orientations)[number]) => {
  const matrix = uprightMatrix(orientation, size);
  return [place(matrix, 0, 0), place(matrix, size.width / 2, 0)];
};

test('T-REV-02: every orientation stays within the upright frame', () => {
  for (const orientation of orientations) {
    const upright = uprightSize(orientation, size);
    const matrix = uprightMatrix(orientation, size);
    const corners = [place(matrix, 0, 0), place(matrix, size.width, size.height)];
    expect(corners.flat().every((value) => value >= 0)).toBe(true);
    expect(Math.max(...corners.map(([x]) => x))).toBe(upright.width);
    expect(Math.max(...corners.map(([, y]) => y))).toBe(upright.height);
  }
});

test('T-REV-02: 6 is a phone held upright: the left of what was stored is seen on top', () => {
  expect(seen(6)).toEqual([
    [3, 0],
    [3, 2],
  ]);
});

test('a quarter turn moves what is on top to the right, and four lead back', () => {
  expect(turned(1)).toBe(6);
  for (const orientation of orientations) {
    expect(turned(turned(turned(turned(orientation))))).toBe(orientation);
    const before = uprightSize(orientation, size);
    const [corner = [0, 0]] = seen(orientation);
    // Clockwise: (x, y) of a frame h high goes to (h − y, x).
    expect(seen(turned(orientation))[0]).toEqual([before.height - corner[1], corner[0]]);
  }
});

const isMirrored = (orientation: (typeof orientations)[number]) => {
  const [a, b, c, d] = uprightMatrix(orientation, size);
  return a * d - b * c < 0;
};

test('T-REV-02: turning never mirrors', () => {
  for (const orientation of orientations) {
    expect(isMirrored(turned(orientation))).toBe(isMirrored(orientation));
  }
});
