/** A stream of numbers that looks random and follows from its seed. Not for secrets. */
export type Random = {
  /** From 0 up to but not including 1. */
  unit(): number;
  /** From `least` up to but not including `bound`. */
  between(least: number, bound: number): number;
  /** A whole number from `least` to `most`. */
  integer(least: number, most: number): number;
};

/** Chris Doty-Humphrey's sfc32 over the first 16 bytes of `seed`. */
export function createRandom(seed: Uint8Array): Random {
  const words = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  // Numbers of 32 bits in variables that a closure holds would each be an object.
  const state = Int32Array.of(0, 0, 0, 0).map((_, word) => words.getInt32(word * 4));

  function unit(): number {
    const a = state[0] ?? 0;
    const b = state[1] ?? 0;
    const c = state[2] ?? 0;
    const counter = state[3] ?? 0;
    const next = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = ((c << 21) | (c >>> 11)) + next;
    state[3] = counter + 1;
    return (next >>> 0) / 2 ** 32;
  }
  // The first outputs of similar seeds are similar.
  for (let i = 0; i < 12; i++) unit();

  const between = (least: number, bound: number) => least + unit() * (bound - least);
  return {
    unit,
    between,
    integer: (least, most) => Math.floor(between(least, most + 1)),
  };
}
