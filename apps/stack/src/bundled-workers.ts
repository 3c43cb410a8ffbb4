import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import {
  unstable_getMiniflareWorkerOptions as optionsOf,
  unstable_readConfig as readConfig,
} from 'wrangler';
import { ministryDir, oidcDir, root } from './paths.ts';

/** Of Miniflare, which wrangler itself starts workerd with, what is used here. */
interface Miniflare {
  convertV4MiniflareOptions(options: unknown): unknown;
  readonly Miniflare: new (options: unknown) => { readonly ready: Promise<unknown> };
}

const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
const miniflare = createRequire(wrangler)('miniflare') as Miniflare;

const modulesOf = (bundle: string) =>
  ['index.js', ...globSync('*.wasm', { cwd: bundle })].map((module) => {
    const path = join(bundle, module);
    const type = module.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule';
    return { type, path, contents: readFileSync(path) };
  });

/** A Worker as its `wrangler.toml` has it, with what else it is told. */
function workerOf(folder: string, bundle: string, settings: NodeJS.Dict<string>) {
  const config = readConfig({ config: join(folder, 'wrangler.toml') });
  const workerOptions = optionsOf(config).workerOptions as { readonly bindings?: object };
  return {
    ...workerOptions,
    name: config.name,
    modulesRoot: bundle,
    modules: modulesOf(bundle),
    bindings: { ...workerOptions.bindings, ...settings },
  };
}

/**
 * A process of its own: runs the bundled Workers in one workerd as their `wrangler.toml`s say, bound to each other, without the proxy
 * and the log of requests that `wrangler dev` puts before each. It is told the folder of the bundles, the port of the Worker in front, the
 * folder of the buckets, and files of settings.
 */
const [bundles = '', port, stateDir, ...envFiles] = process.argv.slice(2);
const settings = parseEnv(envFiles.map((file) => readFileSync(file, 'utf8')).join('\n'));
const options = {
  host: '127.0.0.1',
  port: Number(port),
  resourcePersistencePath: stateDir,
  unsafeTriggerHandlers: true,
  workers: [
    workerOf(root, join(bundles, 'worker'), settings),
    workerOf(oidcDir, join(bundles, 'oidc'), settings),
    workerOf(ministryDir, join(bundles, 'ministry'), {}),
  ],
};
await new miniflare.Miniflare(miniflare.convertV4MiniflareOptions(options)).ready;
