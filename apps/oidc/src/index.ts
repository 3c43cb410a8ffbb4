import { createServer } from 'node:http';
import { httpServerHandler } from 'cloudflare:node';
import { env, waitUntil } from 'cloudflare:workers';
import { connect } from '@shiming/db/client';
import { webCrypto } from '@shiming/providers/crypto';
import { type Ctx, noSessions } from '@shiming/services/context';
import { type Client, findClient } from '@shiming/services/oidc/clients';
import { ConfigError, type House, readHouse } from '@shiming/worker/house';
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

function createHandler({ places, database, keys, publicOrigin, faces }: House) {
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
  const ctxFor = (): Ctx => ({
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

let handle: ReturnType<typeof createOidc> | null = null;

const server = createServer((req, res) => {
  try {
    handle ??= createHandler(readHouse(env));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    writeLine({ outcome: 'config.refused', note: error.message });
    res.writeHead(503).end();
    return;
  }
  void handle(req, res);
});
server.listen(8080);

export default httpServerHandler({ port: 8080 });
