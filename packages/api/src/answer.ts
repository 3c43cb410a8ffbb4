import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from '@trpc/server';
import type { ApiContext } from './context.ts';
import { appRouter } from './root.ts';

/** What a call is answered: JSON, and of a wrong method the right one. */
export type CallAnswer = { status: number; body: string; allow: string | undefined };

type CallType = 'query' | 'mutation';
const methods: Readonly<Record<CallType, string>> = { query: 'GET', mutation: 'POST' };

// oxlint-disable-next-line no-underscore-dangle -- where tRPC keeps what a router is made of
const { procedures, _config: config } = appRouter._def;
const types = new Map(
  Object.entries(procedures as unknown as Record<string, { _def: { type: CallType } }>).map(
    // oxlint-disable-next-line no-underscore-dangle -- the same
    ([path, procedure]) => [path, procedure._def.type],
  ),
);

/** The input of a call, from the address of a query or the body of a change. The address says nothing else. */
async function inputOf(type: CallType, request: Request): Promise<unknown> {
  const parameters = new URLSearchParams(request.url.split('?', 2)[1]);
  const text = type === 'query' ? parameters.get('input') : await request.text();
  parameters.delete('input');
  if (parameters.size > 0) throw new Error('an unknown parameter');
  return text ? JSON.parse(text) : undefined;
}

async function call(ctx: ApiContext, type: CallType, path: string, request: Request) {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== methods[type]) throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED' });
  const input = await inputOf(type, request).catch((cause: unknown) => {
    throw new TRPCError({ code: 'BAD_REQUEST', cause });
  });
  return callTRPCProcedure({
    router: appRouter,
    ctx,
    path,
    type,
    getRawInput: () => Promise.resolve(input),
    signal: undefined,
    batchIndex: 0,
  });
}

/**
 * Answers a request that calls the procedure `path`. tRPC's own adapter reads batches, streams and forms as well, which no
 * page sends.
 */
export async function answerCall(
  ctx: ApiContext,
  request: Request,
  path: string,
): Promise<CallAnswer> {
  const type = types.get(path);
  try {
    if (type === undefined) throw new TRPCError({ code: 'NOT_FOUND' });
    const data: unknown = await call(ctx, type, path, request);
    return { status: 200, body: JSON.stringify({ result: { data } }), allow: undefined };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const { code } = error;
    const what = { config, error, type: type ?? 'unknown', path, input: undefined, ctx } as const;
    const shape = getTRPCErrorShape(what);
    return {
      status: shape.data.httpStatus,
      body: JSON.stringify({ error: shape }),
      allow: code === 'METHOD_NOT_SUPPORTED' && type !== undefined ? methods[type] : undefined,
    };
  }
}
