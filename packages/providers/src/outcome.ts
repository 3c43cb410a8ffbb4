/**
 * Rules for the codes that `exchange` and its callers give when a vendor gave none (`timeout`, `network_error`,
 * `malformed_answer`, `http_502`). The server could not begin with 503 (RFC 9110, 15.6.4); with 521, 523, 525, 526
 * and 530 Cloudflare, from whose network we call, never reached it. With anything else the request may have been
 * carried out.
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
export const NO_ANSWER_RULES = [
  [/^http_429$/, 'busy'],
  [/^http_(?:503|521|523|525|526|530)$/, 'down'],
  [/^(?:timeout|network_error|malformed_answer|http_\d+)$/, 'unclear'],
] as const;

/**
 * Reads a vendor's code by the first rule whose pattern it matches. A code that no rule knows is the
 * vendor refusing our request as such, and the same for everybody: `misconfigured`.
 */
export function outcomeOf<Outcome extends string>(
  code: string,
  rules: readonly (readonly [RegExp, Outcome])[],
): Outcome | 'misconfigured' {
  return rules.find(([pattern]) => pattern.test(code))?.[1] ?? 'misconfigured';
}
