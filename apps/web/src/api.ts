import type { AppErrorData } from '@shiming/domain';
import type { AppRouter } from '@shiming/api';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';

/** The server's procedures: `api.<router>.<procedure>.query(…)` or `.mutate(…)`. */
export const api = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/trpc', maxItems: 8 })],
});

/** Why a request had no answer: this device is offline, or the service could not be reached. */
export type NetworkFailure = { code: 'network.offline' } | { code: 'network.unreachable' };

/** Everything that can be shown when a request has failed. */
export type Failure = AppErrorData | NetworkFailure;

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
