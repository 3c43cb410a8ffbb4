/** A sequence of numbers in [0, 1) that a seed decides (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    /** Whether something happens that does so once in so many times. */
    onceIn: (times: number): boolean => below(times) === 0,
    of: <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0],
  };
}

export type Random = ReturnType<typeof createRandom>;
