import { blend, clamp, type Colour, paintLandscape } from './landscape.ts';
import { encodePng } from './png.ts';
import type { PuzzlePainter, Zlib } from './port.ts';
import { createRandom, type Random } from './random.ts';
import { decoy, jigsawPiece, type Shape } from './shapes.ts';

export type { Zlib };

const WIDTH = 320;
const HEIGHT = 112;
const PIECE_SIZE = 40;
const MARGIN = 8;
// Every place from beside the piece at its start to the right edge, each as often as the others.
const MIN_X = PIECE_SIZE + MARGIN;
const MAX_X = WIDTH - PIECE_SIZE - 2;
const EDGE = 2;

// Holes are dark with a light edge in every light, so that they are found by people who see little contrast.
const DARK: Colour = [16, 24, 38];
const PALE: Colour = [252, 252, 248];
const HOLE_DARKNESS = 0.7;

type Hole = { x: number; y: number; shape: Shape };

const placeBy = (random: Random) => ({
  x: random.integer(MIN_X, MAX_X),
  y: random.integer(MARGIN, HEIGHT - PIECE_SIZE - MARGIN),
  width: WIDTH,
});

/** Share of the pixel at distance `d` from an outline that lies inside it. */
const inside = (d: number) => clamp(0.5 - d, 0, 1);

/**
 * Draws slider puzzles: a made-up landscape 320 by 112 pixels with a jigsaw hole 48 to 278 pixels from its
 * left edge and one or two decoys of other shapes, and the piece that fills the hole.
 */
export function createPuzzlePainter(zlib: Zlib): PuzzlePainter {
  return {
    place: (seed) => placeBy(createRandom(seed)),
    paint(seed) {
      const random = createRandom(seed);
      const place = placeBy(random);
      const landscape = paintLandscape(random, WIDTH, HEIGHT);

      const shape = jigsawPiece(random, PIECE_SIZE);
      const hole: Hole = { ...place, shape };
      const holes = [hole];
      const wanted = 1 + random.integer(1, 2);
      for (let tries = 0; holes.length < wanted && tries < 100; tries++) {
        const x = random.integer(PIECE_SIZE + MARGIN, WIDTH - PIECE_SIZE - MARGIN);
        const y = random.integer(MARGIN, HEIGHT - PIECE_SIZE - MARGIN);
        const isFree = holes.every(
          (other) =>
            Math.abs(other.x - x) > PIECE_SIZE + MARGIN ||
            Math.abs(other.y - y) > PIECE_SIZE + MARGIN,
        );
        if (isFree) holes.push({ x, y, shape: decoy(random, PIECE_SIZE) });
      }

      const picture = landscape.slice();
      const colour = new Float32Array(3);
      const edged = new Float32Array(3);
      for (const { x: left, y: top, shape } of holes) {
        const darkness = HOLE_DARKNESS + random.between(-0.03, 0.03);
        for (let y = 0; y < PIECE_SIZE; y++) {
          for (let x = 0; x < PIECE_SIZE; x++) {
            const at = ((top + y) * WIDTH + left + x) * 3;
            const d = shape(x + 0.5 - PIECE_SIZE / 2, y + 0.5 - PIECE_SIZE / 2);
            if (inside(d) === 0) continue;
            colour.set(landscape.subarray(at, at + 3));
            blend(colour, 0, DARK, darkness);
            edged.set(PALE);
            blend(edged, 0, colour, inside(d + EDGE));
            blend(picture, at, edged, inside(d));
          }
        }
      }

      const piece = new Uint8ClampedArray(PIECE_SIZE * PIECE_SIZE * 4);
      for (let y = 0; y < PIECE_SIZE; y++) {
        for (let x = 0; x < PIECE_SIZE; x++) {
          const at = ((hole.y + y) * WIDTH + hole.x + x) * 3;
          const d = shape(x + 0.5 - PIECE_SIZE / 2, y + 0.5 - PIECE_SIZE / 2);
          edged.set(PALE);
          blend(edged, 0, landscape.subarray(at, at + 3), inside(d + EDGE));
          // A hair of shadow sets the light edge off from a light sky.
          colour.set(DARK);
          blend(colour, 0, edged, inside(d));
          const opacity = Math.max(inside(d), 0.5 * inside(d - 1));
          const to = (y * PIECE_SIZE + x) * 4;
          piece.set(colour, to);
          piece[to + 3] = 255 * opacity;
        }
      }

      return {
        background: encodePng(zlib, new Uint8ClampedArray(picture), WIDTH, HEIGHT, 3),
        piece: encodePng(zlib, piece, PIECE_SIZE, PIECE_SIZE, 4),
        width: WIDTH,
        height: HEIGHT,
        pieceSize: PIECE_SIZE,
        x: hole.x,
        y: hole.y,
      };
    },
  };
}
