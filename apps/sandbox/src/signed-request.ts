import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a vendor's gateway sees of a request when it checks a signature. `query` is raw, without `?`. */
export type SignedRequest = {
  method: string;
  path: string;
  query: string;
  headers: Headers;
  body: Uint8Array;
};

/**
 * Reads a request as it came over the wire. A request that never crossed a wire has no `Host` header yet;
 * it then gets the one that an HTTP client would send for its address.
 */
export async function readSignedRequest(request: Request): Promise<SignedRequest> {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  if (!headers.has('host')) headers.set('host', url.host);
  return {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export function hmacSha256(key: Uint8Array | string, data: string): Uint8Array {
  return createHmac('sha256', key).update(data).digest();
}

/** Compares two lower-case hex strings in a time that does not depend on where they differ. */
export function equalHex(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
