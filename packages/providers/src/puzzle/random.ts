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
  let a = words.getUint32(0);
  let b = words.getUint32(4);
  let c = words.getUint32(8);
  let counter = words.getUint32(12);

  function unit(): number {
    const next = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + next;
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
