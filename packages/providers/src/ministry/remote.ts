import type { Ministry, MinistryRequest } from './port.ts';

type Calls = {
  begin: { request: MinistryRequest };
  redeem: { request: MinistryRequest; query: string };
};
type Act = keyof Calls;

/**
 * The ministry's sign-in that another Worker speaks, behind a service binding: OpenID's libraries are a twentieth of what
 * the main Worker may weigh, and few requests need them.
 */
export function createRemoteMinistry(fetch: (request: Request) => Promise<Response>): Ministry {
  const call = async (act: Act, body: Calls[Act]): Promise<never> => {
    const answer = await fetch(
      new Request(`https://ministry.internal/${act}`, {
        method: 'POST',
        body: JSON.stringify(body),
      }),
    ).catch(() => null);
    const isAnswered = answer?.status === 200;
    return (
      isAnswered ? await answer.json() : { outcome: 'unavailable', code: 'binding_failed' }
    ) as never;
  };
  return {
    begin: (request) => call('begin', { request }),
    redeem: (request, query) => call('redeem', { request, query }),
  };
}

/** Answers what `createRemoteMinistry` asks, on the other side of the binding. */
export async function serveMinistry(ministry: Ministry, request: Request): Promise<Response> {
  const act = new URL(request.url).pathname.slice(1);
  if (act === 'begin') {
    const body = (await request.json()) as Calls['begin'];
    return Response.json(await ministry.begin(body.request));
  }
  if (act === 'redeem') {
    const body = (await request.json()) as Calls['redeem'];
    return Response.json(await ministry.redeem(body.request, body.query));
  }
  return new Response(null, { status: 404 });
}
