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
  picture: Picture,
  { centre, size, tilt, pixels }: { centre: Point; size: number; tilt: number; pixels: number },
): Picture {
  const data = new Uint8Array(pixels * pixels * 3);
  const half = { x: pixels / 2, y: pixels / 2 };
  for (let y = 0; y < pixels; y += 1) {
    for (let x = 0; x < pixels; x += 1) {
      const at = centred({ x, y }, half, size / pixels, tilt, centre);
      for (let channel = 0; channel < 3; channel += 1) {
        data[(y * pixels + x) * 3 + channel] = sampled(picture, at, channel);
      }
    }
  }
  return { data, width: pixels, height: pixels };
}

/** The value between the four pixels around a point. */
function sampled({ data, width, height }: Picture, { x, y }: Point, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, low] = [x - left, y - top];
  const at = (column: number, row: number) =>
    data[
      (Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))) *
        3 +
        channel
    ] ?? 0;
  return (
    (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - low) +
    (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * low
  );
}
