/**
 * The path of this site that `text` names, with its query and fragment, or `undefined`: what `?next=` may lead to.
 * Whatever a browser would read as another site's address is refused, and so is the login page itself.
 */
export function ownPath(text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('/')) return undefined;
  try {
    const url = new URL(text, location.origin);
    const path = url.pathname + url.search + url.hash;
    // `/.//example.com` is a path of this site, but what it comes to is an address of another.
    const isOwn = url.origin === location.origin && !path.startsWith('//');
    return isOwn && url.pathname !== '/login' ? path : undefined;
  } catch {
    return undefined;
  }
}

function withNext(
  path: string,
  next: string | undefined,
  query: Record<string, string> = {},
): string {
  const search = new URLSearchParams(next === undefined ? query : { ...query, next }).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The login page, which leads on to `next`. `hasEnded` when a session was there until now. */
export const signInPath = (next: string, hasEnded = false): string =>
  withNext('/login', next, hasEnded ? { ended: '1' } : {});

/** The profile page, which leads on to verification and from there to `next`. */
export const profilePath = (next?: string): string => withNext('/account/profile', next);

/** The verification page. When the person is verified, it offers `next`. */
export const verificationPath = (next?: string): string => withNext('/account/verification', next);

/** The page of a manual review: where the newest one stands, or what it takes. */
export const reviewPath = '/account/review';

/** The page that takes a proof that it is the person, and leads on to `next`. */
export const proofPath = (next: string): string => withNext('/account/proof', next);
