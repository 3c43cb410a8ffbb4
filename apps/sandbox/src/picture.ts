import { decode, encode } from 'jpeg-js';

export type Point = { x: number; y: number };
/** Pixels of three bytes: red, green, blue. */
export type Picture = { data: Uint8Array; width: number; height: number };

/** Decodes a JPEG, or returns `null` for what is none. */
export function readJpeg(bytes: Uint8Array): Picture | null {
  try {
    const limits = { maxResolutionInMP: 16, maxMemoryUsageInMB: 256 };
    return decode(bytes, { useTArray: true, formatAsRGBA: false, ...limits });
  } catch {
    return null;
  }
}

export function writeJpeg({ data, width, height }: Picture, quality = 90): Uint8Array {
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at += 1)
    rgba.set(data.subarray(at * 3, at * 3 + 3), at * 4);
  return new Uint8Array(encode({ data: rgba, width, height }, quality).data);
}

export const mean = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** Where a point of a cut lies in the picture that it was cut from. */
export function centred(
  point: Point,
  from: Point,
  scale: number,
  tilt: number,
  centre: Point,
): Point {
  const [u, v] = [(point.x - from.x) * scale, (point.y - from.y) * scale];
  return {
    x: centre.x + u * Math.cos(tilt) - v * Math.sin(tilt),
    y: centre.y + u * Math.sin(tilt) + v * Math.cos(tilt),
  };
}

/** A square around a point, turned upright and scaled. What lies outside of the picture repeats its edge. */
export function turnedCut(
  { data, width, height }: Picture,
  { centre, size, tilt, pixels }: { centre: Point; size: number; tilt: number; pixels: number },
): Picture {
  const cut = new Uint8Array(pixels * pixels * 3);
  const scale = size / pixels;
  const [alongX, alongY] = [Math.cos(tilt) * scale, Math.sin(tilt) * scale];
  let to = 0;
  for (let row = 0; row < pixels; row += 1) {
    const down = row - pixels / 2;
    let x = centre.x - (pixels / 2) * alongX - down * alongY;
    let y = centre.y - (pixels / 2) * alongY + down * alongX;
    for (let column = 0; column < pixels; column += 1) {
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, low] = [x - left, y - top];
      const [x0, x1] = [
        Math.min(width - 1, Math.max(0, left)),
        Math.min(width - 1, Math.max(0, left + 1)),
      ];
      const [y0, y1] = [
        Math.min(height - 1, Math.max(0, top)),
        Math.min(height - 1, Math.max(0, top + 1)),
      ];
      // Between the four pixels around the point.
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (px: number, py: number) => data[(py * width + px) * 3 + channel] ?? 0;
        const above = at(x0, y0) * (1 - right) + at(x1, y0) * right;
        const below = at(x0, y1) * (1 - right) + at(x1, y1) * right;
        cut[to] = above * (1 - low) + below * low;
        to += 1;
      }
      x += alongX;
      y += alongY;
    }
  }
  return { data: cut, width: pixels, height: pixels };
}

/** A picture whose pixels come from other places of their rows. */
export function bent(
  { data, width, height }: Picture,
  from: (x: number, y: number) => number,
): Picture {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = Math.min(width - 1, Math.max(0, from(x, y)));
      const left = (y * width + Math.floor(at)) * 3;
      const right = (y * width + Math.ceil(at)) * 3;
      const part = at - Math.floor(at);
      for (let channel = 0; channel < 3; channel += 1) {
        const [one = 0, other = 0] = [data[left + channel], data[right + channel]];
        out[(y * width + x) * 3 + channel] = one * (1 - part) + other * part;
      }
    }
  }
  return { data: out, width, height };
}
