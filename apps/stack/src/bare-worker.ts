import { globSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { type RunningService, startService, waitUntilReady } from './children.ts';

/** The platform that the bundle is made for, as in `wrangler.toml`. */
export const compatibility = { date: '2026-11-01', flag: 'nodejs_compat' };

const text = (value: string): string => JSON.stringify(value);

export interface BareWorkerOptions {
  /** Where its configuration and its log are written. */
  readonly dir: string;
  /** The folder of the bundled Worker. */
  readonly bundle: string;
  readonly port: number;
  /** Its settings, keys included. */
  readonly settings: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where what keeps the bucket's objects listens; without it there is nowhere to keep photos. */
  readonly bucketPort?: number;
  /** What it answers with success once it is ready; `/healthz` where nothing else is said. */
  readonly readyPath?: string;
}

/**
 * Runs a bundled Worker in workerd alone, without the proxies that wrangler puts in front of it, and waits until
 * it is ready. It has no pages.
 */
export async function startBareWorker(options: BareWorkerOptions): Promise<RunningService> {
  const { dir, bundle, port, settings, args = [], bucketPort, readyPath = '/healthz' } = options;
  const modules = ['index.js', ...globSync('*.wasm', { cwd: bundle })].map((module) => {
    const type = module.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `(name = ${text(module)}, ${type} = embed ${text(relative(dir, join(bundle, module)))})`;
  });
  const bindings = Object.entries(settings).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
  );
  // The Worker does not start without a place for photos.
  bindings.push(
    `(name = "PHOTOS", r2Bucket = "${bucketPort === undefined ? 'loopback' : 'bucket'}")`,
  );
  const bucket =
    bucketPort === undefined
      ? ''
      : `(name = "bucket", external = (address = "127.0.0.1:${bucketPort}", http = ())),`;
  const configFile = join(dir, 'worker.capnp');
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    ${bucket}
    (name = "loopback", network = (allow = ["local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "worker")]);
const worker :Workerd.Worker = (
  compatibilityDate = "${compatibility.date}", compatibilityFlags = ["${compatibility.flag}"],
  modules = [${modules.join(', ')}], bindings = [${bindings.join(', ')}], globalOutbound = "loopback");
`;
  writeFileSync(configFile, config, { mode: 0o600 });
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  const { default: binary } = createRequire(wrangler)('workerd') as { default: string };
  const workerd = startService({
    name: 'workerd',
    command: binary,
    args: ['serve', ...args, configFile],
    logFile: join(dir, 'workerd.log'),
  });
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}${readyPath}`)).ok;
  await waitUntilReady(workerd, isReady, 15_000);
  return workerd;
}
