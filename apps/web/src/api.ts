import type { AppErrorData } from '@shiming/domain';
import type { AppRouter } from '@shiming/api';
import { createSignal } from 'solid-js';
import { learnServerTime, serverNow } from './clock.ts';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';

const [lastAnswerAtMs, setLastAnswerAtMs] = createSignal(serverNow());

/** When the server last answered, by its own clock: every request puts off the end of an idle session. */
export { lastAnswerAtMs };

/** The server's procedures: `api.<router>.<procedure>.query(…)` or `.mutate(…)`. */
export const api = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/trpc',
      async fetch(url, init) {
        const response = await fetch(url, init as RequestInit);
        learnServerTime(response.headers);
        setLastAnswerAtMs(serverNow());
        return response;
      },
    }),
  ],
});

/**
 * What the browser itself has to say: this device is offline, the service could not be reached, or the
 * puzzle has not been solved yet.
 */
export type LocalFailure =
  | { code: 'network.offline' }
  | { code: 'network.unreachable' }
  | { code: 'puzzle.not_solved' };

/** Everything that can be shown when a request has failed. */
export type Failure = AppErrorData | LocalFailure;

/** What a thrown error has to tell the person. Anything that is not the server's own word is the network's. */
export function failureOf(error: unknown): Failure {
  return (
    appErrorOf(error) ?? { code: navigator.onLine ? 'network.unreachable' : 'network.offline' }
  );
}

/** The server's typed refusal within an error, if it is one. */
export function appErrorOf(error: unknown): AppErrorData | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data: { app?: AppErrorData } | null | undefined = error.data;
  return data?.app;
}
