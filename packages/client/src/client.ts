import type { AppRouter } from '@shiming/api';
import type { AppErrorData } from '@shiming/domain';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { withCookies } from './cookies.ts';
import type { Offered } from './offered.ts';

/** As the global `fetch`, called with one `Request`. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * A client for one person: `client.<router>.<procedure>.query(input)` or `.mutate(input)`, typed by the server's
 * own routers. It keeps the cookies it is given, so the next call continues the registration or session; in a
 * browser, where the page's own cookies are used, it must be served from the service's origin.
 *
 * @param options.url Where the portal is, such as `https://account.example.cn`, with the path of a portal that is not the first.
 * @param options.fetch What sends the requests, if not the global `fetch`.
 */
export function createShimingClient({
  url,
  fetch = (request) => globalThis.fetch(request),
}: {
  url: string;
  fetch?: Fetch;
}): ShimingClient {
  const send = withCookies(fetch);
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url.replace(/\/$/, '')}/trpc`,
        fetch: (address, init) => send(new Request(address, init as RequestInit)),
      }),
    ],
  });
}

export type ShimingClient = Offered;

/**
 * The service's typed refusal in what a call threw: `code` says which, beside it stand its parameters. `null` when
 * the service did not answer, or not as the service.
 */
export function appErrorOf(error: unknown): AppErrorData | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: { app?: AppErrorData } | null | undefined = error.data;
  return data?.app ?? null;
}
