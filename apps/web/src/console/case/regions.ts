import type { PhotoMark } from '@shiming/domain';

/** Quarter turns clockwise from upright in which the reviewer looks at a photo. */
export type Turns = 0 | 1 | 2 | 3;

export type Point = { x: number; y: number };

/** The smallest region, in fractions: what is smaller on a photo of 1,600 pixels is a slip of the hand. */
const smallest = 0.02;

/** Where a region begins that is drawn by keyboard alone. */
export const middleMark: PhotoMark = { x: 0.35, y: 0.4, width: 0.3, height: 0.2 };

export const turnedBy = (turns: Turns, quarters: 1 | -1): Turns =>
  ([0, 1, 2, 3] as const)[(turns + quarters + 4) % 4] ?? 0;

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Hundredths of a percent are finer than any pixel, and shorter to store. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** A region of at least the smallest size that lies within the photo. */
function within({ x, y, width, height }: PhotoMark): PhotoMark {
  const wide = rounded(clamp(width, smallest, 1));
  const high = rounded(clamp(height, smallest, 1));
  return {
    x: rounded(clamp(x, 0, 1 - wide)),
    y: rounded(clamp(y, 0, 1 - high)),
    width: wide,
    height: high,
  };
}

/** A point of the photo as it is seen turned, in fractions, as one of the upright photo. */
export function uprightPoint({ x, y }: Point, turns: Turns): Point {
  switch (turns) {
    case 0:
      return { x, y };
    case 1:
      return { x: y, y: 1 - x };
    case 2:
      return { x: 1 - x, y: 1 - y };
    case 3:
      return { x: 1 - y, y: x };
  }
}

/** A step on the screen as one on the upright photo. */
export function uprightStep({ x, y }: Point, turns: Turns): Point {
  const end = uprightPoint({ x, y }, turns);
  const start = uprightPoint({ x: 0, y: 0 }, turns);
  return { x: end.x - start.x, y: end.y - start.y };
}

/** The upright region between two points that were pointed at on the screen; points beside the photo count as its edge. */
export function markBetween(from: Point, to: Point, turns: Turns): PhotoMark {
  const inside = ({ x, y }: Point): Point => ({ x: clamp(x, 0, 1), y: clamp(y, 0, 1) });
  const [one, other] = [uprightPoint(inside(from), turns), uprightPoint(inside(to), turns)];
  return within({
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  });
}

/** The region moved by a step on the screen; it stops at the edge of the photo. */
export function movedMark(mark: PhotoMark, step: Point, turns: Turns): PhotoMark {
  const { x, y } = uprightStep(step, turns);
  return within({ ...mark, x: mark.x + x, y: mark.y + y });
}

/** The region made wider and higher on the screen by a step, about its middle. */
export function resizedMark(mark: PhotoMark, step: Point, turns: Turns): PhotoMark {
  const isAcross = turns % 2 === 1;
  const [wider, higher] = isAcross ? [step.y, step.x] : [step.x, step.y];
  const sized = within({ ...mark, width: mark.width + wider, height: mark.height + higher });
  return within({
    ...sized,
    x: mark.x + (mark.width - sized.width) / 2,
    y: mark.y + (mark.height - sized.height) / 2,
  });
}
