type Outcomes = Record<string, number>;

/** Starts everything at the same moment; counts what became of it, by the code of the refusal. */
export async function atOnce(calls: readonly (() => Promise<unknown>)[]): Promise<Outcomes> {
  const counts: Outcomes = {};
  const results = await Promise.allSettled(calls.map((call) => call()));
  for (const result of results) {
    const code = result.status === 'fulfilled' ? 'done' : codeOf(result.reason);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'data' in error
    ? (error.data as { code: string }).code
    : String(error);
