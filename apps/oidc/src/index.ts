import { createServer } from 'node:http';
import { httpServerHandler } from 'cloudflare:node';
import { env, waitUntil } from 'cloudflare:workers';
import { connect } from '@shiming/db/client';
import { webCrypto } from '@shiming/providers/crypto';
import { type Ctx, noSessions } from '@shiming/services/context';
import { type Client, findClient } from '@shiming/services/oidc/clients';
import { ConfigError, type House, readHouse } from '@shiming/worker/house';
import { deliverEvents } from '@shiming/services/oidc/deliver';
import { createSendToken } from './deliveries.ts';
import { createOidc } from './provider.ts';

/** The provider sends nothing and asks no vendor: whatever it has no use for says so. */
const unused = new Proxy(
  {},
  {
    get() {
      throw new Error('the OpenID provider has no vendors');
    },
  },
) as never;

const writeLine = (line: object) => {
  // oxlint-disable-next-line no-console -- the log is what a Worker writes to its console
  console.log(JSON.stringify(line));
};

const now = () => Date.now();
/** For so long the registration of a service is kept in memory. */
const clientsKeptMs = 60_000;

/** What makes the context of a request or a job. */
function contextsOf({ places, database, keys, publicOrigin, faces }: House) {
  const doorOf = ({ portal, prefix }: House['places'][number]) => ({
    portal,
    address: `${publicOrigin}${prefix}`,
    sms: unused,
    mail: unused,
    weChat: null,
    operator: unused,
  });
  const [first, ...others] = places;
  const doors = [doorOf(first), ...others.map(doorOf)] as const;
  return (): Ctx => ({
    ...doors[0],
    doors: [...doors] as Ctx['doors'],
    db: connect(database),
    now,
    pause: (ms) => new Promise((done) => setTimeout(done, ms)),
    crypto: webCrypto,
    hasher: unused,
    authority: unused,
    faces: faces && { ...faces, authority: unused },
    records: null,
    ministry: null,
    painter: unused,
    proofOfWork: unused,
    photos: unused,
    passkeys: unused,
    totp: unused,
    keys,
    publicOrigin,
    defer: (work) =>
      waitUntil(
        work().catch((error: unknown) =>
          writeLine({ procedure: 'oidc', outcome: 'internal.unexpected', note: nameOf(error) }),
        ),
      ),
    actor: { type: 'anonymous' },
    visitor: { address: '', deviceId: '', deviceMarks: [], held: noSessions, label: '' },
    requestId: webCrypto.randomToken(16),
  });
}

function createHandler(ctxFor: () => Ctx) {
  const clients = new Map<string, { untilMs: number; client: Client }>();
  return createOidc({
    ctxFor,
    async findClient(ctx, clientId) {
      const kept = clients.get(clientId);
      if (kept !== undefined && kept.untilMs > now()) return kept.client;
      clients.delete(clientId);
      const client = await findClient(ctx, clientId);
      if (client !== null) clients.set(clientId, { untilMs: now() + clientsKeptMs, client });
      return client;
    },
    report: (error) =>
      writeLine({ procedure: 'oidc', outcome: 'internal.unexpected', note: nameOf(error) }),
  });
}

/** The kind of an error: its message may have something of a person. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

let started: { ctxFor: () => Ctx; handle: ReturnType<typeof createOidc> } | null = null;

/** Once for each isolate; `null` on settings that do not do. */
function start() {
  try {
    if (started === null) {
      const ctxFor = contextsOf(readHouse(env));
      started = { ctxFor, handle: createHandler(ctxFor) };
    }
    return started;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    writeLine({ outcome: 'config.refused', note: error.message });
    return null;
  }
}

const server = createServer((req, res) => {
  const house = start();
  if (house === null) {
    res.writeHead(503).end();
    return;
  }
  const answered = house.handle(req, res);
  // Who signs out of one service does not wait a minute for the others.
  if (req.url?.startsWith('/oidc/session/end')) waitUntil(sendAfter(answered));
});
server.listen(8080);

/** How long the job of a minute may go on, and how long sending may after an answer. */
const jobMs = 40_000;
const afterMs = 10_000;

/** Sends services what has become of their people's accounts, writes a line as each job does, and answers it. */
async function sendEvents(forMs: number): Promise<Response> {
  const house = start();
  if (house === null) return new Response(null, { status: 503 });
  const ctx = house.ctxFor();
  const startMs = now();
  const end = (line: object) => {
    const said = { procedure: 'jobs', requestId: ctx.requestId, job: 'service_events', ...line };
    writeLine(said);
    return Response.json(said);
  };
  let failed = 0;
  let note: string | undefined;
  try {
    const send = await createSendToken(ctx, (...asked) => fetch(...asked));
    const { done, since, facts } = await deliverEvents(ctx, send, {
      isOver: () => now() - startMs > forMs,
      fail: (error) => {
        failed += 1;
        note = nameOf(error);
      },
    });
    const waitingMs = since === null ? 0 : now() - since;
    const more = failed === 0 ? {} : { alarm: 'rows_failed', note };
    return end({
      outcome: 'ok',
      done,
      failed,
      waitingMs,
      ms: now() - startMs,
      ...more,
      ...facts,
    });
  } catch (error) {
    return end({ outcome: 'internal.unexpected', note: nameOf(error) });
  }
}

async function sendAfter(answered: Promise<boolean>): Promise<void> {
  if (await answered) await sendEvents(afterMs);
}

const provider = httpServerHandler({ port: 8080 });

export default {
  fetch: (...asked: Parameters<typeof provider.fetch>) => provider.fetch(...asked),
  async scheduled(): Promise<void> {
    await sendEvents(jobMs);
  },
};

/** What the timer on a machine of one's own asks each minute, by way of the Worker in front; no visitor reaches it. */
export const jobs = { fetch: () => sendEvents(jobMs) };
