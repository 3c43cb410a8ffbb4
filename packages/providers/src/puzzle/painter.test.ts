import * as zlib from 'node:zlib';
import { isPuzzleSolved } from '@shiming/domain';
import { assert, describe, expect, test } from 'vitest';
import { createPuzzlePainter } from './painter.ts';

const painter = createPuzzlePainter(zlib);
const seedOf = (n: number) => new Uint8Array(32).fill(n);
const SEEDS = Array.from({ length: 12 }, (_, n) => seedOf(n));

/** Reads a PNG by the standard: signature, chunks with right CRCs, filter Sub. */
function decodePng(png: Uint8Array) {
  const file = Buffer.from(png);
  expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const end = at + 8 + length;
    expect(file.readUInt32BE(end)).toBe(zlib.crc32(file.subarray(at + 4, end)));
    chunks.push({
      type: file.toString('latin1', at + 4, at + 8),
      data: file.subarray(at + 8, end),
    });
    at = end + 4;
  }
  expect(chunks.map((chunk) => chunk.type)).toEqual(['IHDR', 'IDAT', 'IEND']);
  const [header, rows] = chunks.map((chunk) => chunk.data);
  assert(header && rows);
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const channels = header[9] === 2 ? 3 : 4;
  expect([...header.subarray(8)]).toEqual([8, channels === 3 ? 2 : 6, 0, 0, 0]);

  const filtered = zlib.inflateSync(rows);
  const stride = width * channels;
  expect(filtered).toHaveLength(height * (stride + 1));
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    expect(filtered[y * (stride + 1)]).toBe(1);
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : (pixels[y * stride + i - channels] ?? 0);
      pixels[y * stride + i] = (filtered[y * (stride + 1) + 1 + i] ?? 0) + left;
    }
  }
  const at = (x: number, y: number) => {
    const from = (y * width + x) * channels;
    return [...pixels.subarray(from, from + channels)];
  };
  return { width, height, channels, at };
}

const AROUND = [-3, 0, 3].flatMap((du) => [-3, 0, 3].map((dv) => [du, dv] as const));

const brightness = ([red = 0, green = 0, blue = 0]: number[]) => (red + green + blue) / 3;

describe('T-REG-11: the slider puzzle', () => {
  test('the same seed draws the same picture, another seed another one', () => {
    const seed = seedOf(1);
    expect(painter.paint(seed)).toEqual(painter.paint(seed.slice()));
    const other = painter.paint(seedOf(2));
    expect(other.background).not.toEqual(painter.paint(seed).background);
  });

  test('both pictures are PNGs of the sizes told, and small enough for a phone', () => {
    for (const seed of SEEDS) {
      const puzzle = painter.paint(seed);
      const background = decodePng(puzzle.background);
      expect(background).toMatchObject({ width: 320, height: 112, channels: 3 });
      expect(puzzle).toMatchObject({ width: 320, height: 112, pieceSize: 40 });
      expect(decodePng(puzzle.piece)).toMatchObject({ width: 40, height: 40, channels: 4 });
      expect(puzzle.background.length).toBeLessThan(60_000);
      expect(puzzle.piece.length).toBeLessThan(6_000);
    }
  });

  test('the hole lies where the answer says: there the picture is the piece, darkened', () => {
    for (const seed of SEEDS) {
      const puzzle = painter.paint(seed);
      const background = decodePng(puzzle.background);
      const piece = decodePng(puzzle.piece);
      const fits = (x: number, y: number) => {
        let worst = 0;
        for (let v = 0; v < 40; v++) {
          for (let u = 0; u < 40; u++) {
            // Clear of the edge: whole pixels three away on all sides.
            const around = AROUND.map(([du, dv]) => piece.at(u + du, v + dv)[3]);
            if (around.some((opacity) => opacity !== 255)) continue;
            // 0.27 to 0.33 of the piece's colour is left, on a ground of (16, 24, 38).
            const [red = 0] = piece.at(u, v);
            const [darkRed = 0] = background.at(x + u, y + v);
            const share = (darkRed - 16 * 0.7) / red;
            worst = Math.max(worst, Math.abs(share - 0.3));
          }
        }
        return worst < 0.05;
      };
      expect(fits(puzzle.x, puzzle.y)).toBe(true);
      for (const away of [-9, 9]) expect(fits(puzzle.x + away, puzzle.y)).toBe(false);
    }
  });

  test('the hole is much darker than the picture around it and its edge is light, for people of low vision', () => {
    for (const seed of SEEDS) {
      const puzzle = painter.paint(seed);
      const background = decodePng(puzzle.background);
      const piece = decodePng(puzzle.piece);
      const row = puzzle.y + 20;
      const columns = Array.from({ length: 40 }, (_, u) => u);
      const edge = columns.findIndex((u) => piece.at(u, 20)[3] === 255);
      const hole = brightness(background.at(puzzle.x + 20, row));
      expect(hole).toBeLessThan(0.55 * brightness(piece.at(20, 20)));
      expect(brightness(background.at(puzzle.x + edge, row))).toBeGreaterThan(hole + 100);
    }
  });

  test('the place is known before the picture is painted', () => {
    for (const seed of SEEDS) {
      const { x, y, width } = painter.paint(seed);
      expect(painter.place(seed)).toEqual({ x, y, width });
    }
  });

  test('no constant guess solves one puzzle in twenty: of 20,000 the best solves 4 in a hundred', () => {
    const seed = new Uint8Array(32);
    const places = Array.from({ length: 20_000 }, (_, n) => {
      new DataView(seed.buffer).setUint32(0, n);
      return painter.place(seed);
    });
    const solvedBy = (guess: number) =>
      places.filter((place) => isPuzzleSolved(place, guess)).length / places.length;
    const best = Math.max(...Array.from({ length: 320 }, (_, guess) => solvedBy(guess)));
    expect(best).toBeLessThan(0.045);
  });

  test('the hole is never under the piece at its start, never cut off, and not always in one place', () => {
    const puzzles = SEEDS.map((seed) => painter.paint(seed));
    for (const { x, y } of puzzles) {
      expect(x).toBeGreaterThanOrEqual(48);
      expect(x).toBeLessThanOrEqual(278);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(112 - 40);
    }
    expect(new Set(puzzles.map(({ x }) => x)).size).toBeGreaterThan(8);
    expect(new Set(puzzles.map(({ y }) => y)).size).toBeGreaterThan(6);
  });
});
