import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** A request as it goes over the wire; nothing of it is put right on the way. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends requests over kept connections to a port of this machine. */
export function createAsker(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const send = (asked: Asked, by: Agent | false): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const { method, path, headers, body } = asked;
      const sent = request(
        { host: '127.0.0.1', port, agent: by, method, path, ...(headers && { headers }) },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      // A connection that was kept may be closed just as it is used again: then the request is sent once more, by one of its own.
      sent.on('error', (error) => {
        if (sent.reusedSocket) resolve(send(asked, false));
        else reject(error);
      });
      sent.end(body);
    });
  return { ask: (asked: Asked) => send(asked, agent), close: () => agent.destroy() };
}

export type Ask = ReturnType<typeof createAsker>['ask'];

/** Does work on each of a list, so many at once. */
export async function inTurns<T>(
  all: Iterable<T>,
  atOnce: number,
  work: (each: T) => Promise<void>,
): Promise<void> {
  const left = all[Symbol.iterator]();
  const next = async () => {
    for (let each = left.next(); each.done !== true; each = left.next()) await work(each.value);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
