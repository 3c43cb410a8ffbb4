import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { type Sandbox, sandboxCredentials, vendorPaths } from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import type { Ctx, Keys } from '@shiming/services/context';
import type { TestWorld } from '@shiming/services/testing';
import { type RunningService, startService, waitUntilReady } from '../../children.ts';
import { freePort } from '../../ports.ts';
import { registerServices } from '../../register-services.ts';
import { type Sqld, startSqld } from '../../sqld.ts';
import { localSettings, startDatabase } from '../../stack.ts';
import { createBenchWorld, settingsOfKeys } from '../bench-world.ts';
import { putUpMenu } from '../../wechat-menu.ts';

/** How the store of photos behaves: `throttled` is what S3 says to who asks too often. */
export type StoreMode = 'working' | 'slow' | 'refusing' | 'down' | 'throttled';

/** The product as a release runs it in a machine room of one's own, with everything around it. */
export interface Room {
  readonly dir: string;
  readonly origin: string;
  readonly databaseUrl: string;
  /** The file of the database. */
  readonly databaseFile: string;
  /** What everybody was sent, and how each vendor behaves. */
  readonly sandbox: Sandbox;
  /** Where the sandbox's services stand. */
  readonly servicesUrl: string;
  /** The services on the same database and under the same keys: they prepare, and open what is sealed. */
  readonly world: TestWorld;
  setStore(mode: StoreMode): void;
  /** The ids of the photos that the store has. */
  photos(): ReadonlySet<string>;
  /** Starts sqld again after its end by SIGKILL; `meanwhile` runs while it is away. */
  killDatabase(meanwhile?: () => Promise<void> | void): Promise<void>;
  /** Puts another database in the place of this one: sqld ends by SIGKILL, and the Workers wait for `prepare`. */
  replaceDatabase(put: (folder: string) => void, prepare: () => Promise<unknown>): Promise<void>;
  /** Ends the Workers by SIGKILL and starts them again, with these settings besides. */
  killWorker(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Runs the jobs of a minute; `false` when they could not be reached. */
  runJobs(): Promise<boolean>;
  /** Sets by how much the Workers' clock is off the machine's, and that of the vendors where it is to be the same. */
  setClock(byMs: number, who?: 'workers' | 'everybody'): Promise<void>;
  /** The services as `world` has them, under the keys that the Workers have now. */
  ctx(): Ctx;
  /** Starts the Workers again with these keys. */
  useKeys(keys: Keys): Promise<void>;
  stop(): Promise<void>;
}

/** Before anything else of a bundle: the date of its isolate, which can be moved. */
const shiftModule = `
const Real = Date;
let byMs = 0;
globalThis.Date = class Date extends Real {
  constructor(...given) { if (given.length === 0) super(Real.now() + byMs); else super(...given); }
  static now() { return Real.now() + byMs; }
};
globalThis.shiftClock = (ms) => { byMs = ms; };
`;

/** A way in to the clock, before the bundle's own; it reaches the provider's isolate, too. */
const clockedModule = (main: string) => `
import './shift.js';
import own from './${main}';
export * from './${main}';
export default {
  ...own,
  async fetch(request, env, execution) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== '/clock') return own.fetch(request, env, execution);
    globalThis.shiftClock(Number(searchParams.get('ms')));
    await env.OIDC?.fetch(request.url);
    return new Response('ok');
  },
};
`;

/** Puts the clock into the Workers of a release. */
export function makeClocked(release: string): void {
  const file = join(release, 'config.capnp');
  let config = readFileSync(file, 'utf8');
  const workers = [
    ['shiming', 'own.js'],
    ['oidc', 'index.js'],
  ] as const;
  for (const [name, main] of workers) {
    writeFileSync(join(release, name, 'shift.js'), shiftModule);
    writeFileSync(join(release, name, 'clocked.js'), clockedModule(main));
    const modules = ['clocked.js', 'shift.js'].map(
      (module) => `(name = "${module}", esModule = embed "${name}/${module}")`,
    );
    const first = `(name = "${main}", esModule = embed "${name}/${main}")`;
    config = config.replace(first, [...modules, first].join(', '));
  }
  writeFileSync(file, config);
}

const slowMs = 8_000;

const refuse = (response: ServerResponse, status: number, code: string) => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code></Error>`);
};

/** A bucket behind a way that can fail. */
async function startStore(dir: string) {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory: join(dir, 'bucket'),
    silent: true,
    configureBuckets: [{ name: 'photos' }],
  });
  const { port: inner } = await server.run();
  let mode: StoreMode = 'working';
  const way = createServer((asked, response) => {
    if (mode === 'down') return void asked.socket.destroy();
    if (mode === 'refusing') return refuse(response, 403, 'AccessDenied');
    if (mode === 'throttled') return refuse(response, 503, 'SlowDown');
    const { method, url: path, headers } = asked;
    const to = httpRequest({ host: '127.0.0.1', port: inner, method, path, headers }, (answer) => {
      const pass = () => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      };
      if (mode === 'slow') setTimeout(pass, slowMs);
      else pass();
    });
    to.on('error', () => response.destroy());
    return void asked.pipe(to);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    url: `http://127.0.0.1:${(way.address() as AddressInfo).port}/photos`,
    setMode: (next: StoreMode) => {
      mode = next;
    },
    close: async () => {
      way.closeAllConnections();
      way.close();
      await server.close();
    },
  };
}

/** Ends a process and what it has started, at once. */
async function kill(service: RunningService): Promise<void> {
  process.kill(-service.pid, 'SIGKILL');
  await service.ended;
}

export interface RoomOptions {
  /** Where a folder for it is made. */
  readonly at: string;
  /** The folder of the release. */
  readonly release: string;
  /** Makes the folder in which sqld keeps the database, and answers how it goes away. */
  readonly prepareDatabase?: (dir: string) => () => Promise<void> | void;
}

/** Starts sqld, the vendors, a bucket and the release's Workers. Whatever had started is stopped if a later part does not come up. */
export async function openRoom({ at, release, prepareDatabase }: RoomOptions): Promise<Room> {
  const dir = mkdtempSync(join(at, 'room-'));
  const stops: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    const sqldDir = join(dir, 'sqld');
    mkdirSync(sqldDir);
    if (prepareDatabase !== undefined) stops.push(prepareDatabase(sqldDir));
    let sqld: Sqld = await startDatabase(dir, 0);
    stops.push(() => sqld.stop());
    const databaseUrl = sqld.url;
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    let vendorsMs = 0;
    const { sandbox, url, smtpPort, ...outside } = await startSandbox({
      port: 0,
      now: () => Date.now() + vendorsMs,
      smtpPort: 0,
      publicOrigin: origin,
      pushUrl: `${origin}/wechat`,
      remembers: 100_000,
    });
    stops.push(() => outside.close());
    await putUpMenu({ endpoint: `${url}${vendorPaths.wechat}`, ...sandboxCredentials.wechat });
    const store = await startStore(dir);
    stops.push(() => store.close());
    const { world } = await createBenchWorld(databaseUrl);
    let { keys }: { keys: Keys } = world;
    const servicesUrl = `http://localhost:${new URL(url).port}`;
    await registerServices(databaseUrl, servicesUrl);

    const socketPath = join(dir, 'jobs.sock');
    const settings = {
      ...localSettings({ publicOrigin: origin, databaseUrl, sandboxUrl: url, smtpPort }),
      PORTALS: 'teacher,student,business',
      CLIENT_ADDRESS_HEADER: 'x-real-ip',
      S3_BUCKET_URL: store.url,
      S3_REGION: 'cn-north-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      SECRETS_DIR: join(dir, 'no-secrets'),
      HTTP_ADDRESS: `127.0.0.1:${port}`,
      JOBS_SOCKET: socketPath,
    };
    let clockMs = 0;
    const tellClock = async () => {
      await (await fetch(`${origin}/clock?ms=${clockMs}`)).text();
    };
    // Settings that the Workers refuse are answered with 503.
    const isReady = async () => (await fetch(`${origin}/trpc/session.current`)).ok;
    const startWorkers = async (more: Readonly<Record<string, string>>) => {
      const service = startService({
        name: 'workerd',
        command: join(release, 'start.sh'),
        args: [],
        env: { ...settings, ...settingsOfKeys(keys), ...more },
        logFile: join(dir, 'workerd.log'),
      });
      await waitUntilReady(service, isReady, 60_000);
      await tellClock();
      return service;
    };
    let workers = await startWorkers({});
    stops.push(() => workers.stop());
    let added: Readonly<Record<string, string>> = {};
    return {
      dir,
      origin,
      databaseUrl,
      databaseFile: join(sqldDir, 'db/dbs/default/data'),
      sandbox,
      servicesUrl,
      world,
      setStore: store.setMode,
      photos: () =>
        new Set(
          readdirSync(join(dir, 'bucket/photos')).flatMap(
            (name) => /^(.+)\._S3rver_object$/.exec(name)?.[1] ?? [],
          ),
        ),
      async killDatabase(meanwhile) {
        await kill(sqld.service);
        await meanwhile?.();
        sqld = await startSqld({ dir: sqldDir, port: sqld.port });
      },
      async replaceDatabase(put, prepare) {
        await workers.stop();
        await kill(sqld.service);
        const folder = join(sqldDir, 'db');
        rmSync(folder, { recursive: true });
        put(folder);
        sqld = await startSqld({ dir: sqldDir, port: sqld.port });
        await prepare();
        workers = await startWorkers(added);
      },
      async killWorker(more = added) {
        added = more;
        await kill(workers);
        workers = await startWorkers(added);
      },
      async runJobs() {
        try {
          const asked = httpRequest({ socketPath, path: '/' }).end();
          const [response] = await once(asked, 'response');
          response.resume();
          await once(response, 'close');
          return response.statusCode === 200;
        } catch {
          return false;
        }
      },
      async setClock(byMs, who = 'workers') {
        clockMs = byMs;
        if (who === 'everybody') vendorsMs = byMs;
        await tellClock();
      },
      ctx: () => world.ctx({ keys }),
      async useKeys(next) {
        keys = next;
        await workers.stop();
        workers = await startWorkers(added);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
