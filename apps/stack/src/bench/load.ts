import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request as it goes over the wire. `body` is JSON where it is no bytes. */
export interface Call {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | Uint8Array;
}

function bytesOf(port: number, { path, method, headers = {}, body }: Call): Buffer {
  const content =
    body instanceof Uint8Array ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const lines = [
    `${method ?? (body === undefined ? 'GET' : 'POST')} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...(body === undefined ? [] : [`content-length: ${content.length}`]),
    ...(body === undefined || 'content-type' in headers ? [] : ['content-type: application/json']),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content]);
}

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');

/** Where a chunked body ends, or -1 if it has not come whole. */
function endOfChunks(seen: Buffer, from: number): number {
  for (let at = from; ;) {
    const line = seen.indexOf(lineEnd, at);
    if (line === -1) return -1;
    const size = Number.parseInt(seen.toString('latin1', at, line), 16);
    at = line + 2 + size + 2;
    if (at > seen.length) return -1;
    if (size === 0) return at;
  }
}

/** The status and the body's end of the answer that `seen` begins with; `null` until it has come whole. */
function answerIn(seen: Buffer): { status: number; end: number } | null {
  const head = seen.indexOf(headEnd);
  if (head === -1) return null;
  const text = seen.toString('latin1', 0, head);
  const status = Number(text.slice(9, 12));
  const length = /^content-length: *(\d+)/im.exec(text)?.[1];
  const begin = head + headEnd.length;
  const end = length === undefined ? endOfChunks(seen, begin) : begin + Number(length);
  return end === -1 || end > seen.length ? null : { status, end };
}

async function ask(socket: Socket, request: Buffer): Promise<string> {
  socket.write(request);
  for (let seen: Buffer = Buffer.alloc(0); ;) {
    const [more] = (await once(socket, 'data')) as [Buffer];
    seen = seen.length === 0 ? more : Buffer.concat([seen, more]);
    const answer = answerIn(seen);
    if (answer === null) continue;
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${answer.status} for ${request.toString('latin1', 0, 60)}: ${String(seen)}`);
    }
    return seen.toString('latin1', 0, answer.end);
  }
}

/**
 * Sends calls over so many connections that are kept, each as soon as the one before it is answered, until there are no
 * more or the time is over. A fetch of Node spends more on a request than a Worker may on its answer. Returns how many
 * milliseconds each took; throws at an answer that is not one of success.
 */
export async function load(
  port: number,
  connections: number,
  calls: Iterable<Call>,
  forMs = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const times: number[] = [];
  const endMs = performance.now() + forMs;
  const left = calls[Symbol.iterator]();
  let last: { call: Call; bytes: Buffer } | null = null;
  const work = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    try {
      await once(socket, 'connect');
      while (performance.now() < endMs) {
        const { done, value: call } = left.next();
        if (done === true) return;
        if (last?.call !== call) last = { call, bytes: bytesOf(port, call) };
        const startMs = performance.now();
        await ask(socket, last.bytes);
        times.push(performance.now() - startMs);
      }
    } finally {
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return times;
}

/** The same calls in their order again and again. */
export function* again(...calls: readonly [Call, ...Call[]]): Generator<Call> {
  for (;;) yield* calls;
}

/** Does work of several requests each, so many at once. Returns how many milliseconds each took. */
export async function flows(
  works: readonly (() => Promise<unknown>)[],
  atOnce: number,
): Promise<number[]> {
  const times: number[] = [];
  const left = works.values();
  const next = async () => {
    for (const work of left) {
      const startMs = performance.now();
      await work();
      times.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return times;
}
