import { blend, clamp, type Colour, copy, paintLandscape } from './landscape.ts';
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
const DARK: Colour = Float32Array.of(16, 24, 38);
const PALE: Colour = Float32Array.of(252, 252, 248);
const HOLE_DARKNESS = 0.7;

type Hole = { x: number; y: number; outline: Float32Array };

const placeBy = (random: Random) => ({
  x: random.integer(MIN_X, MAX_X),
  y: random.integer(MARGIN, HEIGHT - PIECE_SIZE - MARGIN),
  width: WIDTH,
});

/** Share of the pixel at distance `d` from an outline that lies inside it. */
const inside = (d: number) => clamp(0.5 - d, 0, 1);

/** The distance from a shape's outline of each pixel of a piece's square, row after row. */
function outlineOf(shape: Shape): Float32Array {
  const outline = new Float32Array(PIECE_SIZE * PIECE_SIZE);
  for (let at = 0; at < outline.length; at++) {
    const x = at % PIECE_SIZE;
    const y = (at - x) / PIECE_SIZE;
    outline[at] = shape(x + 0.5 - PIECE_SIZE / 2, y + 0.5 - PIECE_SIZE / 2);
  }
  return outline;
}

/** Calls `paint` with each pixel of the square at a hole: its distance from the outline, and its place in the picture and in the piece. */
function eachPixel(
  { x: left, y: top, outline }: Hole,
  paint: (d: number, inPicture: number, inPiece: number) => void,
): void {
  for (let y = 0; y < PIECE_SIZE; y++) {
    for (let x = 0; x < PIECE_SIZE; x++) {
      const at = y * PIECE_SIZE + x;
      paint(outline[at] ?? 0, (top + y) * WIDTH + left + x, at);
    }
  }
}

/** Takes the colour of a pixel, three bytes each, out of a picture. */
function take(picture: Uint8ClampedArray, pixel: number, colour: Colour): void {
  for (let channel = 0; channel < 3; channel++) colour[channel] = picture[pixel * 3 + channel] ?? 0;
}

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
      const picture = paintLandscape(random, WIDTH, HEIGHT);

      const hole: Hole = { ...place, outline: outlineOf(jigsawPiece(random, PIECE_SIZE)) };
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
        if (isFree) holes.push({ x, y, outline: outlineOf(decoy(random, PIECE_SIZE)) });
      }

      const colour = new Float32Array(3);
      const edged = new Float32Array(3);
      const ground = new Float32Array(3);
      const piece = new Uint8ClampedArray(PIECE_SIZE * PIECE_SIZE * 4);
      eachPixel(hole, (d, inPicture, inPiece) => {
        take(picture, inPicture, colour);
        copy(edged, PALE);
        blend(edged, colour, inside(d + EDGE));
        // A hair of shadow sets the light edge off from a light sky.
        copy(colour, DARK);
        blend(colour, edged, inside(d));
        for (let channel = 0; channel < 3; channel++) {
          piece[inPiece * 4 + channel] = colour[channel] ?? 0;
        }
        piece[inPiece * 4 + 3] = 255 * Math.max(inside(d), 0.5 * inside(d - 1));
      });
      for (const each of holes) {
        const darkness = HOLE_DARKNESS + random.between(-0.03, 0.03);
        eachPixel(each, (d, inPicture) => {
          if (inside(d) === 0) return;
          take(picture, inPicture, colour);
          copy(ground, colour);
          blend(colour, DARK, darkness);
          copy(edged, PALE);
          blend(edged, colour, inside(d + EDGE));
          blend(ground, edged, inside(d));
          for (let channel = 0; channel < 3; channel++) {
            picture[inPicture * 3 + channel] = ground[channel] ?? 0;
          }
        });
      }

      return {
        background: encodePng(zlib, picture, WIDTH, HEIGHT, 3),
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
