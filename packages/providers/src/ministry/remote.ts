import type { Ministry, MinistryClient, MinistryRequest } from './port.ts';

type Calls = {
  begin: { client: MinistryClient; request: MinistryRequest };
  redeem: { client: MinistryClient; request: MinistryRequest; query: string };
};
type Act = keyof Calls;

/**
 * The ministry's sign-in that another Worker speaks, behind a service binding: OpenID's libraries are a twenty-fifth of what
 * the main Worker may weigh, and few requests need them.
 */
export function createRemoteMinistry(
  client: MinistryClient,
  fetch: (request: Request) => Promise<Response>,
): Ministry {
  const call = async (act: Act, body: object): Promise<never> => {
    const asked = new Request(`https://ministry.internal/${act}`, {
      method: 'POST',
      body: JSON.stringify({ client, ...body }),
    });
    const answer = await fetch(asked).catch(() => null);
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

/** Answers what `createRemoteMinistry` asks, on the other side of the binding. What was discovered is kept for each client. */
export function serveMinistry(create: (client: MinistryClient) => Ministry) {
  const made = new Map<string, Ministry>();
  const ministryOf = (client: MinistryClient): Ministry => {
    const key = JSON.stringify([client.issuer, client.clientId, client.clientSecret]);
    const ministry = made.get(key) ?? create(client);
    made.set(key, ministry);
    return ministry;
  };
  return async (asked: Request): Promise<Response> => {
    const act = new URL(asked.url).pathname.slice(1);
    if (act === 'begin') {
      const { client, request } = (await asked.json()) as Calls['begin'];
      return Response.json(await ministryOf(client).begin(request));
    }
    if (act === 'redeem') {
      const { client, request, query } = (await asked.json()) as Calls['redeem'];
      return Response.json(await ministryOf(client).redeem(request, query));
    }
    return new Response(null, { status: 404 });
  };
}
