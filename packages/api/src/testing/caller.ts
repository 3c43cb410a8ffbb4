import type { AppErrorData } from '@shiming/domain';
import { appRouter } from '../root.ts';
import type { ProcedureMeta } from '../trpc.ts';

type Definition = {
  type: 'query' | 'mutation' | 'subscription';
  meta: ProcedureMeta | undefined;
  /** The schema of its input, in a list of none or one. */
  inputs: readonly unknown[];
};

// oxlint-disable-next-line no-underscore-dangle -- where tRPC keeps what a router is made of
const definitions = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;

/** Every procedure by its path, with what it declares. */
export const procedures: Readonly<Record<string, Definition>> = Object.fromEntries(
  // oxlint-disable-next-line no-underscore-dangle -- the same
  Object.entries(definitions).map(([path, procedure]) => [path, procedure._def]),
);

/** What came back. `app` is the typed refusal, `data` the result of a call that was not refused. */
export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  data: unknown;
  app: AppErrorData | null;
};

/** Calls a procedure by its path, with any input at all. */
export type Call = (path: string, input?: unknown) => Promise<Answer>;

/** The request that calls a procedure. `input` is JSON text, so that a test may send any. */
export function requestOf(path: string, input: string | undefined): Request {
  const url = `https://shiming.test/trpc/${path}`;
  if (procedures[path]?.type === 'query') {
    return new Request(input === undefined ? url : `${url}?input=${encodeURIComponent(input)}`);
  }
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(input === undefined ? {} : { body: input }),
  });
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = JSON.parse(text);
  const { status, headers } = response;
  return {
    status,
    headers,
    text,
    data: body.result?.data,
    app: body.error?.data?.app ?? null,
  };
}

/** Calls over something that answers requests as `fetch` does. */
export function callOver(fetch: (request: Request) => Promise<Response>): Call {
  return async (path, input) => answerOf(await fetch(requestOf(path, JSON.stringify(input))));
}
