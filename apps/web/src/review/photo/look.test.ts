import { expect, test } from 'vitest';
import { type Pixels, warningsOf } from './look.ts';

/** Grey pixels; `grey` says how bright each is. */
function picture(width: number, height: number, grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.fill(grey(x, y), 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { data, width, height };
}

const desk = 90;
/** Strokes of 4 pixels, as print has them, on the left half of a sheet. */
const print = (x: number, y: number) =>
  x < 500 && (x >> 2) % 3 === 0 && (y >> 3) % 2 === 0 ? 30 : 220;
/** The same out of focus: every edge is spread over 32 pixels. */
const spread = (x: number) => 125 + 95 * Math.sin((x / 32) * Math.PI);

test('T-REV-02: nothing is said about a photo in which print is sharp', () => {
  expect(warningsOf(picture(1200, 800, print))).toEqual([]);
});

test('T-REV-02: a photo in which nothing is sharp is told', () => {
  expect(warningsOf(picture(1200, 800, spread))).toEqual(['blurred']);
  expect(warningsOf(picture(1200, 800, () => desk))).toEqual(['blurred']);
});

test('T-REV-02: the noise of a camera is not taken for sharpness', () => {
  let seed = 1;
  const noise = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed % 11) - 5;
  };
  expect(warningsOf(picture(1200, 800, (x) => spread(x) + noise()))).toEqual(['blurred']);
});

test('T-REV-02: one that is dark, and one that is blown out in a part, is told', () => {
  const dark = picture(1200, 800, (x, y) => print(x, y) / 6);
  expect(warningsOf(dark)).toContain('dark');
  const lamp = picture(1200, 800, (x, y) => (x > 800 && y > 500 ? 255 : print(x, y)));
  expect(warningsOf(lamp)).toEqual(['glare']);
});

test('T-REV-02: one that is too small for small print is told', () => {
  expect(warningsOf(picture(999, 600, print))).toEqual(['small']);
  expect(warningsOf(picture(600, 1000, print))).toEqual([]);
});
