/**
 * What this tab shows: whose account, which registration and recovery (`none` for nothing). Each request says it, so
 * that what is done here is not done for somebody who has taken the place in another tab. In memory only.
 */
const shown = new Map<'account' | 'registration' | 'recovery', string>();

/** Says what the tab shows from now on; without a value it is not known, and the next answer tells. */
export function nowShows(kind: 'account' | 'registration' | 'recovery', what?: string): void {
  if (what === undefined) shown.delete(kind);
  else shown.set(kind, what);
}

export const isShown = (kind: 'account', what: string): boolean =>
  (shown.get(kind) ?? what) === what;

/** The header that says it. */
export const drawnFromHeaders = (): Record<string, string> =>
  shown.size === 0
    ? {}
    : { 'x-drawn-from': [...shown].map(([kind, what]) => `${kind}=${what}`).join(';') };
