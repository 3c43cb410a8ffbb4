import type { Random } from './random.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * Pictures while they are painted: red, green and blue of pixel after pixel, 0 to 255 and not rounded. A list of
 * colours would be fifty thousand small arrays, which cost more to throw away than to paint.
 */
export type Canvas = Float32Array;

export const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** Brings the colour that begins at `at` nearer to another: not at all where `share` is 0, up to it where it is 1. */
export function blend(canvas: Canvas, at: number, towards: ArrayLike<number>, share: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const value = canvas[at + channel] ?? 0;
    canvas[at + channel] = value + ((towards[channel] ?? 0) - value) * share;
  }
}

type Light = { zenith: Colour; horizon: Colour; sun: Colour; far: Colour; near: Colour };

const LIGHTS: readonly [Light, ...Light[]] = [
  // A clear morning.
  {
    zenith: [126, 164, 196],
    horizon: [219, 228, 226],
    sun: [250, 236, 200],
    far: [140, 171, 186],
    near: [52, 96, 112],
  },
  // Spring.
  {
    zenith: [140, 183, 190],
    horizon: [232, 236, 214],
    sun: [253, 240, 196],
    far: [150, 184, 168],
    near: [58, 104, 84],
  },
  // Sunset.
  {
    zenith: [142, 152, 192],
    horizon: [245, 214, 190],
    sun: [255, 226, 170],
    far: [176, 160, 184],
    near: [84, 78, 118],
  },
  // Autumn.
  {
    zenith: [150, 178, 200],
    horizon: [243, 229, 204],
    sun: [255, 240, 206],
    far: [190, 174, 156],
    near: [120, 92, 70],
  },
  // Dusk.
  {
    zenith: [104, 128, 172],
    horizon: [214, 206, 222],
    sun: [248, 240, 226],
    far: [132, 142, 182],
    near: [48, 66, 108],
  },
];

const smooth = (share: number) => share * share * (3 - 2 * share);

/** Smooth values between 0 and 1 over the whole plane, with one hill or hollow every unit of length. */
function createNoise(random: Random): (x: number, y: number) => number {
  const lattice = Float32Array.from({ length: 4096 }, () => random.unit());
  const at = (x: number, y: number) => lattice[(x * 73 + y * 193) & 4095] ?? 0;
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const u = smooth(x - left);
    const v = smooth(y - top);
    const upper = at(left, top) * (1 - u) + at(left + 1, top) * u;
    const lower = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
    return upper * (1 - v) + lower * v;
  };
}

const HILLS = [
  { top: 0.5, height: 0.34, length: 0.36 },
  { top: 0.66, height: 0.26, length: 0.27 },
  { top: 0.82, height: 0.22, length: 0.2 },
] as const;

/** Paints a made-up view of sky, sun and three rows of hills. */
export function paintLandscape(random: Random, width: number, height: number): Canvas {
  const light = LIGHTS[random.integer(0, LIGHTS.length - 1)] ?? LIGHTS[0];
  const noise = createNoise(random);
  const sun = {
    x: random.between(0.12, 0.88) * width,
    y: random.between(0.12, 0.34) * height,
    radius: random.between(0.09, 0.13) * height,
  };
  const hills = HILLS.map((hill, row) => {
    const offset = random.between(0, 64);
    const ridge = Float32Array.from({ length: width }, (_, x) => {
      const along = x / (hill.length * width) + offset;
      const rise = 0.75 * noise(along, row * 9) + 0.25 * noise(along * 2.7, row * 9 + 4);
      return (hill.top + hill.height * (0.5 - rise)) * height;
    });
    const slope = Float32Array.from(light.far);
    blend(slope, 0, light.near, row / (HILLS.length - 1));
    return { ridge, slope };
  });

  const canvas = new Float32Array(width * height * 3);
  const paintSky = (at: number, x: number, y: number) => {
    const distance = Math.sqrt((x - sun.x) ** 2 + (y - sun.y) ** 2);
    blend(canvas, at, light.zenith, 1);
    blend(canvas, at, light.horizon, clamp(y / (0.62 * height), 0, 1));
    blend(canvas, at, light.sun, 0.55 * Math.exp(-distance / (1.6 * sun.radius)));
    blend(canvas, at, light.sun, clamp(sun.radius - distance + 0.5, 0, 1));
  };
  const misty = new Float32Array(3);
  const paintHill = (at: number, slope: Canvas, depth: number) => {
    // Mist rises from the foot of each row; the ridge catches the light.
    blend(misty, 0, slope, 1);
    blend(misty, 0, light.horizon, clamp(0.16 - depth / 60, 0, 0.16));
    blend(misty, 0, light.horizon, clamp((depth - 6) / 190, 0, 0.2));
    blend(canvas, at, misty, clamp(depth + 1, 0, 1));
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      if (hills.every(({ ridge }) => y < (ridge[x] ?? height))) paintSky(at, x, y);
      for (const { ridge, slope } of hills) {
        const depth = y - (ridge[x] ?? height);
        if (depth > -1) paintHill(at, slope, depth);
      }
      const grain = 7 * (noise(x / 5, y / 5) - 0.5) + 3 * (noise(x / 2.2 + 40, y / 2.2) - 0.5);
      for (let channel = 0; channel < 3; channel++) {
        canvas[at + channel] = (canvas[at + channel] ?? 0) + grain;
      }
    }
  }
  return canvas;
}
