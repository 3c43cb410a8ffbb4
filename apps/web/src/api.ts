import { type AppErrorData, pageVersion, pageVersionHeader } from '@shiming/domain';
import type { AppRouter } from '@shiming/api';
import { createSignal } from 'solid-js';
import { learnServerTime, serverNow } from './clock.ts';
import { fetchErrors } from './copy/failures.ts';
import { drawnFromHeaders } from './drawn-from.ts';
import { addressOf } from './portal.ts';
import type { TRPCClient } from '@trpc/client';

const [lastAnswerAtMs, setLastAnswerAtMs] = createSignal(serverNow());

/** When the server last answered, by its own clock: every request puts off the end of an idle session. */
export { lastAnswerAtMs };

/** A request that failed: with the server's typed refusal where there is one. */
export class RequestFailed extends Error {
  readonly app: AppErrorData | undefined;

  constructor(app?: AppErrorData) {
    super(app?.code);
    this.app = app;
  }
}

type Sent = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };
type Answer = { result?: { data?: unknown }; error?: { data?: { app?: AppErrorData } | null } };

async function answerTo(url: string, init: Sent): Promise<Answer> {
  try {
    const headers = { ...drawnFromHeaders(), ...init.headers };
    const response = await fetch(url, { ...init, headers });
    learnServerTime(response.headers);
    setLastAnswerAtMs(serverNow());
    return (await response.json()) as Answer;
  } catch {
    throw new RequestFailed();
  }
}

/** Sends a request, which says what this tab shows, and returns what the server answers, in the form of a procedure's answer. */
export async function send(url: string, init: Sent): Promise<unknown> {
  const { result, error } = await answerTo(url, init);
  if (result === undefined) {
    // Shown at once, it would be read twice: without its sentence, and with it.
    await fetchErrors();
    throw new RequestFailed(error?.data?.app);
  }
  return result.data;
}

/** Calls one procedure as tRPC's HTTP protocol has it: https://trpc.io/docs/rpc */
function call(verb: string, procedure: string, input: unknown): Promise<unknown> {
  const url = addressOf(`/trpc/${procedure}`);
  const body = JSON.stringify(input);
  const headers = { [pageVersionHeader]: pageVersion };
  return verb === 'mutate'
    ? send(url, {
        method: 'POST',
        body,
        headers: { ...headers, 'content-type': 'application/json' },
      })
    : send(body === undefined ? url : `${url}?input=${encodeURIComponent(body)}`, { headers });
}

/** What lies at a path of routers: another path for every name, and a call of the procedure for the two verbs. */
const at = (path: readonly string[]): unknown =>
  new Proxy(
    {},
    {
      get: (_, name: string) =>
        name === 'query' || name === 'mutate'
          ? (input: unknown) => call(name, path.join('.'), input)
          : at([...path, name]),
    },
  );

/**
 * The server's procedures: `api.<router>.<procedure>.query(…)` or `.mutate(…)`, however deep a router lies in others.
 * tRPC's own client would be a seventh of what every page loads, for batches, links, transformers and subscriptions
 * that nothing here uses.
 */
export const api = at([]) as TRPCClient<AppRouter>;

/**
 * What the browser itself has to say: this device is offline, the service could not be reached, the browser keeps no
 * cookies, or the puzzle has not been solved yet.
 */
export type LocalFailure =
  | { code: 'network.offline' }
  | { code: 'network.unreachable' }
  | { code: 'cookies.blocked' }
  | { code: 'puzzle.not_solved' };

/** Everything that can be shown when a request has failed. */
export type Failure = AppErrorData | LocalFailure;

/** The server has begun something, and the browser has not kept the cookie by which it is found again. */
export class CookieLost extends Error {}

/** What a thrown error has to tell the person. Anything that is not the server's own word is the network's. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CookieLost) return { code: 'cookies.blocked' };
  return (
    appErrorOf(error) ?? { code: navigator.onLine ? 'network.unreachable' : 'network.offline' }
  );
}

/** The server's typed refusal within an error, if it is one. */
export function appErrorOf(error: unknown): AppErrorData | undefined {
  return error instanceof RequestFailed ? error.app : undefined;
}
