/**
 * The address that `text` names, where it lies below one of `registered`, whose addresses end with a slash; else
 * `undefined`. What a browser would read in any other way than it stands there is refused, and so is a path that another
 * server could read as leading above the registered one.
 */
export function returnAddress(
  text: string | undefined,
  registered: readonly string[],
): string | undefined {
  if (text === undefined || text.length > 2_000) return undefined;
  try {
    const url = new URL(text);
    const isPlain = url.href === text && url.username === '' && url.password === '';
    const path = url.origin + url.pathname;
    // Escapes of `.`, `/`, `\`, `%` and control characters mean different things to different servers.
    if (!isPlain || /%(?:2e|2f|5c|25|[01][\da-f]|7f)/i.test(path)) return undefined;
    return registered.some((each) => each.endsWith('/') && path.startsWith(each))
      ? text
      : undefined;
  } catch {
    return undefined;
  }
}
