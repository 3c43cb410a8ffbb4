import { randomBytes } from 'node:crypto';
import { createShimingClient, type ShimingClient } from '@shiming/client';

/** A browser of the product, as far as a bench needs it. */
export interface BenchBrowser {
  readonly client: ShimingClient;
  /** The id in the cookie of the device, which tickets are bound to. */
  deviceId(): string;
  /** The cookies as a header. */
  cookies(): string;
}

let addresses = 0;

/** An address that nobody came from before: what is measured is work, not the limits of one address. */
export function newAddress(): string {
  addresses += 1;
  return `203.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A name that nobody has yet: of a device, or before the @ of an address. */
export const newName = (): string => randomBytes(12).toString('hex');

/** A browser that keeps its cookies, begins with these, and comes from a new address with each request. */
export function openBrowser(url: string, cookies: Record<string, string> = {}): BenchBrowser {
  const held = new Map(Object.entries(cookies).map(([name, value]) => [`__Host-${name}`, value]));
  const cookieHeader = () => [...held].map((cookie) => cookie.join('=')).join('; ');
  const client = createShimingClient({
    url,
    fetch: async (request) => {
      request.headers.set('cf-connecting-ip', newAddress());
      // Those that the client keeps by itself are among them.
      request.headers.set('cookie', cookieHeader());
      const answer = await fetch(request);
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        held.set(name, value);
      }
      return answer;
    },
  });
  return {
    client,
    deviceId: () => held.get('__Host-device')?.split('.')[0] ?? '',
    cookies: cookieHeader,
  };
}
