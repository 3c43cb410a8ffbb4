import type { Random } from './random.ts';

/** Red, green and blue, 0 to 255 and not rounded. Always this type: a loop over one kind of list is compiled for it. */
export type Colour = Float32Array;

export const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** Makes a colour what another one is. For three numbers a loop is much quicker than `set`. */
export function copy(colour: Colour, from: Colour): void {
  for (let channel = 0; channel < 3; channel++) colour[channel] = from[channel] ?? 0;
}

/** Brings a colour nearer to another: not at all where `share` is 0, up to it where it is 1. */
export function blend(colour: Colour, towards: Colour, share: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const value = colour[channel] ?? 0;
    colour[channel] = value + ((towards[channel] ?? 0) - value) * share;
  }
}

type Light = Record<'zenith' | 'horizon' | 'sun' | 'far' | 'near', Colour>;

const LIGHTS: readonly [Light, ...Light[]] = [
  // A clear morning.
  {
    zenith: Float32Array.of(126, 164, 196),
    horizon: Float32Array.of(219, 228, 226),
    sun: Float32Array.of(250, 236, 200),
    far: Float32Array.of(140, 171, 186),
    near: Float32Array.of(52, 96, 112),
  },
  // Spring.
  {
    zenith: Float32Array.of(140, 183, 190),
    horizon: Float32Array.of(232, 236, 214),
    sun: Float32Array.of(253, 240, 196),
    far: Float32Array.of(150, 184, 168),
    near: Float32Array.of(58, 104, 84),
  },
  // Sunset.
  {
    zenith: Float32Array.of(142, 152, 192),
    horizon: Float32Array.of(245, 214, 190),
    sun: Float32Array.of(255, 226, 170),
    far: Float32Array.of(176, 160, 184),
    near: Float32Array.of(84, 78, 118),
  },
  // Autumn.
  {
    zenith: Float32Array.of(150, 178, 200),
    horizon: Float32Array.of(243, 229, 204),
    sun: Float32Array.of(255, 240, 206),
    far: Float32Array.of(190, 174, 156),
    near: Float32Array.of(120, 92, 70),
  },
  // Dusk.
  {
    zenith: Float32Array.of(104, 128, 172),
    horizon: Float32Array.of(214, 206, 222),
    sun: Float32Array.of(248, 240, 226),
    far: Float32Array.of(132, 142, 182),
    near: Float32Array.of(48, 66, 108),
  },
];

const smooth = (share: number) => share * share * (3 - 2 * share);

/**
 * Smooth values between 0 and 1 on a plane: those at `width` pixels of a line across it, with a hill or hollow every `length`
 * pixels, and `offset` hills and hollows to their left.
 */
type Noise = (length: number, offset?: number) => (line: number) => Float32Array;

function createNoise(random: Random, width: number): Noise {
  const lattice = new Float32Array(4096);
  for (let at = 0; at < lattice.length; at++) lattice[at] = random.unit();
  return (length, offset = 0) => {
    const columns = new Int32Array(width);
    const shares = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      const along = x / length + offset;
      const left = Math.floor(along);
      columns[x] = left * 73;
      shares[x] = smooth(along - left);
    }
    return (line) => {
      const values = new Float32Array(width);
      for (let x = 0; x < width; x++) {
        const at = (columns[x] ?? 0) + line * 193;
        const value = lattice[at & 4095] ?? 0;
        values[x] = value + ((lattice[(at + 73) & 4095] ?? 0) - value) * (shares[x] ?? 0);
      }
      return values;
    };
  };
}

/**
 * Adds smooth values between `-strength / 2` and `strength / 2` to pixels, with a hill or hollow every `length` of them. Each
 * line is computed once, so that a pixel costs one step between two of them.
 */
function addGrain(
  grain: Float32Array,
  width: number,
  noise: Noise,
  { length, strength }: { length: number; strength: number },
): void {
  const lineOf = noise(length);
  let line = 0;
  let [upper, lower] = [lineOf(0), lineOf(1)];
  for (let y = 0; y * width < grain.length; y++) {
    if (y >= (line + 1) * length) {
      line += 1;
      [upper, lower] = [lower, lineOf(line + 1)];
    }
    const share = smooth(y / length - line);
    for (let x = 0; x < width; x++) {
      const above = upper[x] ?? 0;
      const value = above + ((lower[x] ?? 0) - above) * share;
      const at = y * width + x;
      grain[at] = (grain[at] ?? 0) + strength * (value - 0.5);
    }
  }
}

const HILLS = [
  { top: 0.5, height: 0.34, length: 0.36 },
  { top: 0.66, height: 0.26, length: 0.27 },
  { top: 0.82, height: 0.22, length: 0.2 },
] as const;

/** Tables by distance have so many entries for a pixel. */
const FINE = 4;

/** How much of the sun is in the sky at a distance from its middle. */
function sunlight(radius: number, most: number): Float32Array {
  const shares = new Float32Array(most * FINE);
  for (let at = 0; at < shares.length; at++) {
    const distance = at / FINE;
    const glow = 0.55 * Math.exp(-distance / (1.6 * radius));
    const disc = clamp(radius - distance + 0.5, 0, 1);
    shares[at] = 1 - (1 - glow) * (1 - disc);
  }
  return shares;
}

/** The colours of a slope at a depth below its ridge. Mist rises from the foot of each row; the ridge catches the light. */
function shadesOf(slope: Colour, mist: Colour, most: number): Float32Array {
  const shades = new Float32Array(most * FINE * 3);
  const colour = new Float32Array(3);
  for (let at = 0; at < shades.length; at += 3) {
    const depth = at / 3 / FINE;
    copy(colour, slope);
    blend(colour, mist, clamp(0.16 - depth / 60, 0, 0.16));
    blend(colour, mist, clamp((depth - 6) / 190, 0, 0.2));
    for (let channel = 0; channel < 3; channel++) shades[at + channel] = colour[channel] ?? 0;
  }
  return shades;
}

/** Paints a made-up view of sky, sun and three rows of hills: red, green and blue of pixel after pixel. */
export function paintLandscape(random: Random, width: number, height: number): Uint8ClampedArray {
  const light = LIGHTS[random.integer(0, LIGHTS.length - 1)] ?? LIGHTS[0];
  const noise = createNoise(random, width);
  const sun = {
    x: random.between(0.12, 0.88) * width,
    y: random.between(0.12, 0.34) * height,
    radius: random.between(0.09, 0.13) * height,
  };
  const hills = HILLS.map((hill, row) => {
    const offset = random.between(0, 64);
    const length = hill.length * width;
    const rises = noise(length, offset)(row * 9);
    const bumps = noise(length / 2.7, offset * 2.7)(row * 9 + 4);
    const ridge = rises.map(
      (rise, x) => (hill.top + hill.height * (0.5 - 0.75 * rise - 0.25 * (bumps[x] ?? 0))) * height,
    );
    const slope = Float32Array.from(light.far);
    blend(slope, light.near, row / (HILLS.length - 1));
    return { ridge, shades: shadesOf(slope, light.horizon, height) };
  });
  const grain = new Float32Array(width * height);
  addGrain(grain, width, noise, { length: 5, strength: 7 });
  addGrain(grain, width, noise, { length: 2.2, strength: 3 });

  const canvas = new Uint8ClampedArray(width * height * 3);
  const shares = sunlight(sun.radius, width + height);
  const air = new Float32Array(3);
  const skyline = new Float32Array(width).fill(height);
  for (const { ridge } of hills) {
    for (let x = 0; x < width; x++) skyline[x] = Math.min(skyline[x] ?? height, ridge[x] ?? height);
  }
  for (let y = 0; y < height; y++) {
    copy(air, light.zenith);
    blend(air, light.horizon, clamp(y / (0.62 * height), 0, 1));
    for (let x = 0; x < width; x++) {
      if (y > (skyline[x] ?? height)) continue;
      const pixel = y * width + x;
      const distance = Math.sqrt((x - sun.x) ** 2 + (y - sun.y) ** 2);
      const share = shares[Math.floor(distance * FINE)] ?? 0;
      for (let channel = 0; channel < 3; channel++) {
        const value = air[channel] ?? 0;
        canvas[pixel * 3 + channel] =
          value + ((light.sun[channel] ?? 0) - value) * share + (grain[pixel] ?? 0);
      }
    }
  }
  for (const [row, { ridge, shades }] of hills.entries()) {
    const nearer = hills[row + 1];
    for (let x = 0; x < width; x++) {
      const top = ridge[x] ?? height;
      const foot = Math.min(height, Math.ceil(nearer?.ridge[x] ?? height));
      for (let y = Math.max(0, Math.ceil(top) - 1); y < foot; y++) {
        const pixel = y * width + x;
        const depth = y - top;
        const at = depth > 0 ? 3 * Math.floor(depth * FINE) : 0;
        for (let channel = 0; channel < 3; channel++) {
          const behind = canvas[pixel * 3 + channel] ?? 0;
          const shade = (shades[at + channel] ?? 0) + (grain[pixel] ?? 0);
          canvas[pixel * 3 + channel] = behind + (shade - behind) * Math.min(1, depth + 1);
        }
      }
    }
  }
  return canvas;
}
