/** What may be wrong with a photo, as far as its pixels tell. A person decides: none of these stops anybody. */
const photoWarnings = ['blurred', 'glare', 'dark', 'small'] as const;
export type PhotoWarning = (typeof photoWarnings)[number];

/** Upright pixels, four bytes each, as a canvas gives them. */
export type Pixels = {
  data: Uint8ClampedArray | Uint8Array;
  width: number;
  height: number;
};

const tileSide = 32;
/** Variance of the Laplacian in the sharpest twentieth of the tiles: where there is text, focus shows. */
const sharpShare = 0.05;
const blurredBelow = 90;
const blownOut = 250;
const glareAbove = 0.06;
const darkBelow = 60;
/** With fewer pixels the small print of a card cannot be read. */
const smallBelow = 1000;

/** Brightness, one value a place. */
type Luma = { values: Float32Array; width: number; height: number };

/** Rec. 601 luma of each two by two pixels: the noise of a camera averages out, and what is in focus stays sharp. */
function lumaOf({ data, width, height }: Pixels): Luma {
  const half = { width: width >> 1, height: height >> 1 };
  const values = new Float32Array(half.width * half.height);
  const at = (from: number) =>
    (data[from] ?? 0) * 0.299 + (data[from + 1] ?? 0) * 0.587 + (data[from + 2] ?? 0) * 0.114;
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const from = 4 * (2 * y * width + 2 * x);
      const below = from + 4 * width;
      values[y * half.width + x] = (at(from) + at(from + 4) + at(below) + at(below + 4)) / 4;
    }
  }
  return { values, ...half };
}

/** The variance of the Laplacian of each tile that lies in the picture as a whole. */
function tileVariances({ values, width, height }: Luma): number[] {
  const variances: number[] = [];
  for (let top = 1; top + tileSide < height; top += tileSide) {
    for (let left = 1; left + tileSide < width; left += tileSide) {
      let sum = 0;
      let squares = 0;
      for (let y = top; y < top + tileSide; y += 1) {
        for (let at = y * width + left; at < y * width + left + tileSide; at += 1) {
          const around =
            (values[at - 1] ?? 0) +
            (values[at + 1] ?? 0) +
            (values[at - width] ?? 0) +
            (values[at + width] ?? 0);
          const edge = around - 4 * (values[at] ?? 0);
          sum += edge;
          squares += edge * edge;
        }
      }
      const count = tileSide * tileSide;
      variances.push(squares / count - (sum / count) ** 2);
    }
  }
  return variances;
}

/** Looks at a photo as it will be sent. */
export function warningsOf(pixels: Pixels): PhotoWarning[] {
  const luma = lumaOf(pixels);
  const { values } = luma;
  let sum = 0;
  let blown = 0;
  for (const value of values) {
    sum += value;
    if (value >= blownOut) blown += 1;
  }
  const variances = tileVariances(luma);
  // oxlint-disable-next-line unicorn/no-array-sort -- Chrome 87 and Safari 14 have no toSorted
  const sharpest = variances.sort((a, b) => b - a);
  const sharpness = sharpest[Math.floor(sharpest.length * sharpShare)] ?? Infinity;
  const found: Record<PhotoWarning, boolean> = {
    blurred: sharpness < blurredBelow,
    glare: blown / values.length > glareAbove,
    dark: sum / values.length < darkBelow,
    small: Math.max(pixels.width, pixels.height) < smallBelow,
  };
  return photoWarnings.filter((warning) => found[warning]);
}
