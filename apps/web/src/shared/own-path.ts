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
