import type { Context, Env, MiddlewareHandler } from 'hono';

/**
 * So much of a body that is too large is read all the same: a client that is still sending when the connection closes sees it broken,
 * and never reads the refusal.
 */
const discardedAtMost = 4 * 1024 * 1024;

/** The bytes of a body, or `null` where there are more than `maxBytes`. */
async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > discardedAtMost) {
      await reader.cancel();
      break;
    }
    if (size <= maxBytes) chunks.push(part.value);
  }
  if (size > maxBytes) return null;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Refuses a body of more than `maxBytes`. One that does not name its length is read here: where a handler reads it, what is
 * thrown in the middle of a stream arrives as an error that no one can tell from a fault of our own.
 */
export const limitBody =
  <E extends Env>(maxBytes: number, refuse: (c: Context<E>) => Response): MiddlewareHandler<E> =>
  async (c, next) => {
    const { raw } = c.req;
    if (raw.body === null) return next();
    const length = c.req.header('content-length');
    if (length !== undefined && c.req.header('transfer-encoding') === undefined) {
      return Number(length) > maxBytes ? refuse(c) : next();
    }
    const body = await readUpTo(raw.body, maxBytes);
    if (body === null) return refuse(c);
    c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body });
    return next();
  };
