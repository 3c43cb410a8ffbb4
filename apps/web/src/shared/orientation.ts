/** How a stored picture has to be turned to stand upright: EXIF 2.32, tag 0x0112. 2, 4, 5 and 7 are mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const isOrientation = (value: number): value is Orientation =>
  Number.isInteger(value) && value >= 1 && value <= 8;

const afterTurn: Record<Orientation, Orientation> = {
  1: 6,
  6: 3,
  3: 8,
  8: 1,
  2: 7,
  7: 4,
  4: 5,
  5: 2,
};

/** The orientation after another quarter turn clockwise. Nothing is ever mirrored. */
export const turned = (orientation: Orientation): Orientation => afterTurn[orientation];

/** Width and height as seen upright. */
export function uprightSize(
  orientation: Orientation,
  { width, height }: { width: number; height: number },
): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What takes the stored picture, `width` by `height`, to its upright place: as canvas and SVG write a matrix. */
export function uprightMatrix(
  orientation: Orientation,
  { width, height }: { width: number; height: number },
): Matrix {
  switch (orientation) {
    case 1:
      return [1, 0, 0, 1, 0, 0];
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, height, 0];
    case 7:
      return [0, -1, -1, 0, height, width];
    case 8:
      return [0, -1, 1, 0, 0, width];
  }
}
