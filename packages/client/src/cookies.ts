import type { Fetch } from './client.ts';

/**
 * Keeps the cookies of the one service that `fetch` is used for (RFC 6265, as far as `__Host-` cookies need it: no
 * domain, one path). Browsers keep their own: there, neither header can be seen or set, and this does nothing.
 */
export function withCookies(fetch: Fetch): Fetch {
  const cookies = new Map<string, string>();
  return async (request) => {
    const held = [...cookies].map(([name, value]) => `${name}=${value}`);
    if (held.length > 0) request.headers.set('cookie', held.join('; '));
    const response = await fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute)))
        cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1).trim());
    }
    return response;
  };
}
