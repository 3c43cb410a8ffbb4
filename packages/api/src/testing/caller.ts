import type { AppErrorData } from '@shiming/domain';
import { appRouter } from '../root.ts';
import type { ProcedureMeta } from '../trpc.ts';

type Declared = {
  _def: { type: string; meta: ProcedureMeta | undefined; inputs: readonly unknown[] };
};

/** Every procedure by its path, with what it declares. */
export const procedures: Readonly<Record<string, Declared>> = appRouter._def.procedures;

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
  if (procedures[path]?._def.type === 'query') {
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
