import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '@shiming/sandbox';
import { startSandbox } from '@shiming/sandbox/server';
import { connect } from '@shiming/db/client';
import { startBareWorker } from '../bare-worker.ts';
import type { RunningService } from '../children.ts';
import { root } from '../paths.ts';
import { freePort } from '../ports.ts';
import { type Sqld, startSqld } from '../sqld.ts';
import { localSettings, startDatabase } from '../stack.ts';
import { type BenchWorld, createBenchWorld, settledAccount } from '../testing/bench-world.ts';
import { startBucket } from './bucket.ts';
import { bundleWorker, hasherSource, text } from './bundle.ts';
import { floorSource, floorTables } from './floor.ts';
import { multiply } from './multiply.ts';
import { installPeer, peerSource, peerTables } from './peer.ts';

/** About what a photo weighs once a browser has made it fit. */
export const photoBytes = 180_000;

export type Stops = (() => Promise<void>)[];

/** A Worker in a workerd of its own with a sqld of its own. */
export interface Party {
  readonly port: number;
  readonly url: string;
  readonly workerd: RunningService;
  readonly sqld: Sqld;
}

const ownTables = ['allowance', 'attestation', 'verification', 'case'] as const;
export type OwnTable = (typeof ownTables)[number];

/** The product. */
export interface Ours extends Omit<Party, 'workerd'> {
  workerd: RunningService;
  /** How many rows its database has looked at for it since its start. */
  rowsRead: () => number;
  /** Deletes what came into tables since the start: what the limits count, for example. */
  readonly forget: (...tables: readonly OwnTable[]) => Promise<void>;
  /** The last row that a table had at the start. */
  readonly lastRow: (table: OwnTable) => number;
  readonly sandbox: Sandbox;
  /** The services on the same database, to prepare what is measured. */
  readonly world: BenchWorld['world'];
  /** Starts its Worker again, on the same data and with these arguments of workerd. */
  restart(args?: readonly string[]): Promise<RunningService>;
}

/** Starts a Worker made of `source`, which imports packages of `packages`, on a database with these tables. */
async function startParty(
  dir: string,
  stops: Stops,
  {
    source,
    packages,
    tables,
    isMigrated = false,
    bucketPort,
  }: {
    source: string;
    packages: string;
    tables: readonly string[];
    /** Whether it has the tables of the product first. */
    isMigrated?: boolean;
    bucketPort?: number;
  },
): Promise<Party> {
  mkdirSync(dir, { recursive: true });
  const sqld = await (isMigrated ? startDatabase(dir, 0) : startSqld({ dir: join(dir, 'sqld') }));
  stops.push(() => sqld.stop());
  const db = connect({ url: sqld.url });
  for (const statement of tables) await db.run(statement);
  symlinkSync(join(packages, 'node_modules'), join(dir, 'node_modules'));
  const bundle = await bundleWorker(join(dir, 'source'), source);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString('base64url');
  const workerd = await startBareWorker({
    dir,
    bundle,
    port,
    settings: { DATABASE_URL: sqld.url, ORIGIN: url, SECRET: secret },
    ...(bucketPort === undefined ? {} : { bucketPort }),
  });
  stops.push(() => workerd.stop());
  return { port, url, workerd, sqld };
}

/** The Worker as it is deployed, and before it a path that does nothing but the hash, on the same instance. */
const ownSource = `${hasherSource}
import worker from ${text(join(root, 'apps/worker/src/index.ts'))};
export default {
  ...worker,
  async fetch(request, env, execution) {
    if (!request.url.endsWith('/hash')) return worker.fetch(request, env, execution);
    const { password, stored } = await request.json();
    return Response.json(await hasher.verify(password, stored));
  },
};`;

/** Adds up the rows that the lines of a Worker's log say were looked at, as far as it has been written. */
function rowCounter(logFile: string): () => number {
  let [at, rows, rest] = [0, 0, ''];
  return () => {
    const file = openSync(logFile, 'r');
    const part = Buffer.alloc(fstatSync(file).size - at);
    at += readSync(file, part, 0, part.length, at);
    closeSync(file);
    const lines = (rest + part.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) rows += Number(/"rowsRead":(\d+)/.exec(line)?.[1] ?? 0);
    return rows;
  };
}

/** Cases in a database that is filled, at most: more accounts than these have none. */
const mostCases = 1_000_000;

/** What a database was filled with before the Worker started. */
export interface Filled {
  readonly accounts: number;
  readonly cases: number;
  readonly rows: number;
  readonly tookMs: number;
  readonly fileMib: number;
}

/**
 * Starts the product on a database with its tables, with the sandbox as every vendor. With `accounts` it has so many,
 * each with a settled case up to a million of these, written into the file of the database while that is stopped.
 */
export async function startOurs(
  dir: string,
  stops: Stops,
  accounts = 0,
): Promise<Ours & { filled: Filled }> {
  let sqld = await startDatabase(dir, 0);
  stops.push(() => sqld.stop());
  const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  stops.push(() => sandbox.close());
  const { world, settings: keys } = await createBenchWorld(sqld.url);
  let filled: Filled = { accounts: 0, cases: 0, rows: 0, tookMs: 0, fileMib: 0 };
  if (accounts > 0) {
    const accountId = await settledAccount(world);
    await sqld.stop();
    const startMs = performance.now();
    const file = join(dir, 'sqld/db/dbs/default/data');
    const cases = Math.min(accounts, mostCases);
    const rows = multiply(file, accountId, accounts, cases);
    const tookMs = performance.now() - startMs;
    filled = { accounts, cases, rows, tookMs, fileMib: statSync(file).size / 2 ** 20 };
    sqld = await startSqld({ dir: join(dir, 'sqld'), port: sqld.port });
  }
  const db = connect({ url: sqld.url });
  const lastRows = new Map<OwnTable, number>();
  for (const table of ownTables) {
    const [found] = await db.all<{ last: number }>(
      `select coalesce(max(rowid), 0) as last from "${table}"`,
    );
    lastRows.set(table, found?.last ?? 0);
  }
  const lastRow = (table: OwnTable) => lastRows.get(table) ?? 0;
  // What the services put there is what the Worker finds.
  const bucket = await startBucket(world.bucket.objects);
  stops.push(() => bucket.stop());
  const bundle = await bundleWorker(join(dir, 'source'), ownSource);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const outside = { sandboxUrl: sandbox.url, smtpPort: sandbox.smtpPort };
  const settings = {
    ...localSettings({ ...outside, publicOrigin: url, databaseUrl: sqld.url }),
    ...keys,
  };
  const start = async (args: readonly string[] = []) => {
    const bucketPort = bucket.port;
    const workerd = await startBareWorker({ dir, bundle, port, settings, args, bucketPort });
    stops.push(() => workerd.stop());
    return workerd;
  };
  const ours = {
    filled,
    lastRow,
    // Of a million accounts the rest stays.
    forget: async (...tables: readonly OwnTable[]) => {
      for (const table of tables) {
        await db.run(`delete from "${table}" where rowid > ${lastRow(table)}`);
      }
    },
    rowsRead: rowCounter(join(dir, 'workerd.log')),
    port,
    url,
    workerd: await start(),
    sqld,
    sandbox: sandbox.sandbox,
    world,
    restart: async (args?: readonly string[]) => {
      await ours.workerd.stop();
      ours.workerd = await start(args);
      ours.rowsRead = rowCounter(join(dir, 'workerd.log'));
      return ours.workerd;
    },
  };
  return ours;
}

/** Starts a handler with the clients that are compared, on the product's tables. */
export async function startClients(dir: string, stops: Stops, source: string): Promise<Party> {
  const packages = await installPeer();
  return startParty(dir, stops, { source, packages, tables: [], isMigrated: true });
}

/** Starts the bare handler and the peer. */
export async function startOthers(dir: string, stops: Stops) {
  const packages = await installPeer();
  const objects = new Map([['floor', new Uint8Array(photoBytes)]]);
  const bucket = await startBucket(objects);
  stops.push(() => bucket.stop());
  const floor = await startParty(join(dir, 'floor'), stops, {
    source: floorSource,
    packages,
    tables: floorTables,
    bucketPort: bucket.port,
  });
  const peer = await startParty(join(dir, 'peer'), stops, {
    source: peerSource,
    packages,
    tables: peerTables,
  });
  return { floor, peer };
}
