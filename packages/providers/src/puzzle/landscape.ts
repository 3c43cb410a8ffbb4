import type { Random } from './random.ts';

export type Colour = readonly [red: number, green: number, blue: number];

export const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** `a` where `share` is 0, `b` where it is 1. */
export const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

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

/**
 * A made-up view of sky, sun and three rows of hills.
 * @returns The colour at a pixel, channels from 0 to 255 and not rounded.
 */
export function createLandscape(
  random: Random,
  width: number,
  height: number,
): (x: number, y: number) => Colour {
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
    return { ridge, slope: mix(light.far, light.near, row / (HILLS.length - 1)) };
  });

  const sky = (x: number, y: number): Colour => {
    const distance = Math.hypot(x - sun.x, y - sun.y);
    const air = mix(light.zenith, light.horizon, clamp(y / (0.62 * height), 0, 1));
    const glow = mix(air, light.sun, 0.55 * Math.exp(-distance / (1.6 * sun.radius)));
    return mix(glow, light.sun, clamp(sun.radius - distance + 0.5, 0, 1));
  };

  return (x, y) => {
    const covering = hills.findLastIndex(({ ridge }) => y >= (ridge[x] ?? height));
    let colour = covering < 0 ? sky(x, y) : light.near;
    for (const { ridge, slope } of hills.slice(Math.max(covering, 0))) {
      const depth = y - (ridge[x] ?? height);
      if (depth <= -1) continue;
      // Mist rises from the foot of each row; the ridge catches the light.
      const lit = mix(slope, light.horizon, clamp(0.16 - depth / 60, 0, 0.16));
      const misty = mix(lit, light.horizon, clamp((depth - 6) / 190, 0, 0.2));
      colour = mix(colour, misty, clamp(depth + 1, 0, 1));
    }
    const grain = 7 * (noise(x / 5, y / 5) - 0.5) + 3 * (noise(x / 2.2 + 40, y / 2.2) - 0.5);
    return [colour[0] + grain, colour[1] + grain, colour[2] + grain];
  };
}
