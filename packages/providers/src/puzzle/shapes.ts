import type { Random } from './random.ts';

/**
 * A shape as its signed distance function: pixels from `(x, y)` to the outline, negative inside. The origin is its middle.
 * @see https://iquilezles.org/articles/distfunctions2d/
 */
export type Shape = (x: number, y: number) => number;

/** `Math.hypot` is ten times slower, because it also takes what would overflow. */
const length = (x: number, y: number) => Math.sqrt(x * x + y * y);

const roundedSquare =
  (half: number, radius: number): Shape =>
  (x, y) => {
    const [across, down] = [Math.abs(x) - half + radius, Math.abs(y) - half + radius];
    const outside = length(Math.max(across, 0), Math.max(down, 0));
    return outside + Math.min(Math.max(across, down), 0) - radius;
  };

const circle =
  (radius: number, centreX = 0, centreY = 0): Shape =>
  (x, y) =>
    length(x - centreX, y - centreY) - radius;

const turned = (shape: Shape, angle: number): Shape => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => shape(x * cos + y * sin, y * cos - x * sin);
};

/** Both shapes in one, the corners where they meet filled over `width` pixels. */
function join(a: number, b: number, width: number): number {
  const nearness = Math.max(width - Math.abs(a - b), 0) / width;
  return Math.min(a, b) - (nearness * nearness * width) / 4;
}

/** A square with a knob or a notch on every side, at least one of each, that fits in `size`. */
export function jigsawPiece(random: Random, size: number): Shape {
  const half = size * 0.33;
  const radius = size * 0.115;
  const shift = size * 0.025;
  const isKnob = [true, false, random.unit() < 0.5, random.unit() < 0.5];
  const firstSide = random.integer(0, 3);
  const sides = isKnob.map((isKnob, index) => {
    const angle = ((firstSide + index) * Math.PI) / 2;
    const distance = isKnob ? half + shift : half - shift;
    const dot = circle(radius, Math.cos(angle) * distance, Math.sin(angle) * distance);
    return { isKnob, dot };
  });
  const body = roundedSquare(half, size * 0.05);
  return (x, y) =>
    sides.reduce(
      (distance, { isKnob, dot }) =>
        isKnob ? join(distance, dot(x, y), size * 0.08) : Math.max(distance, -dot(x, y)),
      body(x, y),
    );
}

/** Plain shapes, not to be taken for a jigsaw piece by anybody who sees its outline. */
export function decoy(random: Random, size: number): Shape {
  const shapes = [
    circle(size * 0.4),
    turned(roundedSquare(size * 0.32, size * 0.06), Math.PI / 4),
    roundedSquare(size * 0.36, size * 0.16),
  ] as const;
  return shapes[random.integer(0, shapes.length - 1)] ?? shapes[0];
}
