import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compatibility } from '../bare-worker.ts';
import { runTool } from '../children.ts';
import { root } from '../paths.ts';

export const text = (value: string): string => JSON.stringify(value);

const providers = join(root, 'packages/providers');

/** What a bundle begins with that hashes passwords as the product does: `hasher`, over one instance for the isolate. */
export const hasherSource = `
import wasm from ${text(createRequire(join(providers, 'package.json')).resolve('@phi-ag/argon2/argon2.wasm'))};
import { createArgon2Hasher } from ${text(join(providers, 'src/password/argon2.ts'))};
import { webCrypto } from ${text(join(providers, 'src/crypto/web-crypto.ts'))};
const { Instance } = WebAssembly;
let instance;
WebAssembly.Instance = function (module) { return (instance ??= new Instance(module)); };
const hasher = createArgon2Hasher({ wasm, randomBytes: webCrypto.randomBytes });
`;

/** Bundles a Worker as a deployment would, without deploying. Its packages are looked for above `dir`. Returns the bundle's folder. */
export async function bundleWorker(dir: string, source: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'index.js'), source);
  const config = join(dir, 'wrangler.toml');
  const { date, flag } = compatibility;
  writeFileSync(
    config,
    `name = "bench"\nmain = "index.js"\ncompatibility_date = "${date}"\ncompatibility_flags = ["${flag}"]\nminify = true\nkeep_names = false\n`,
  );
  const bundle = join(dir, 'worker');
  const code = await runTool(
    'wrangler',
    ['deploy', '--dry-run', '--outdir', bundle, '--config', config],
    {
      env: { WRANGLER_LOG_PATH: join(dir, 'wrangler-log'), WRANGLER_LOG: 'error' },
    },
  );
  if (code !== 0) throw new Error('The Worker does not build.');
  return bundle;
}
