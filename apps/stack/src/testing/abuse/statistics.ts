/** The middle of a list of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = [sorted[half - 1], sorted[half]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** `ln n!` for whole numbers. */
const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at += 1) {
    logFactorials[at] = (logFactorials[at - 1] ?? 0) + Math.log(at);
  }
  return logFactorials[n] ?? 0;
}

/**
 * The sign test of pairs: how likely it is, if neither of two things takes longer, that one of them does in so lopsided
 * a share of the pairs. Two-sided, and exact; ties count for nothing.
 */
export function signTest(pairs: readonly (readonly [number, number])[]): number {
  const longer = pairs.filter(([a, b]) => a > b).length;
  const n = longer + pairs.filter(([a, b]) => a < b).length;
  const fewer = Math.min(longer, n - longer);
  let tail = 0;
  for (let k = 0; k <= fewer; k += 1) {
    tail += Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
