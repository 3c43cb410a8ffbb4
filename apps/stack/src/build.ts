import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import {
  dataDir,
  ministryBundle,
  ministryDir,
  oidcBundle,
  oidcDir,
  webDir,
  webDist,
  workerBundle,
} from './paths.ts';
import { documentOfPortal } from '@shiming/domain';
import { prerender } from './prerender.ts';
import { readPortals } from './settings.ts';

/** Builds the SPA into `apps/web/dist`, its documents where only the Worker reads them; answers the exit code. */
export async function buildWeb(logLevel: 'info' | 'warn' = 'info'): Promise<number> {
  const code = await runTool('vite', ['build', '--logLevel', logLevel], { cwd: webDir });
  if (code !== 0) return code;
  // What the browser runs before the first paint comes without what is said about it.
  const boot = join(webDist, 'boot.js');
  const said = /\/\*[^]*?\*\/|^\s*\/\/.*\n|^\s+/gm;
  writeFileSync(boot, readFileSync(boot, 'utf8').replaceAll(said, ''));
  await prerender();
  // The staff work at the first portal.
  const built = join(webDist, 'console.html');
  const document = documentOfPortal(readFileSync(built, 'utf8'), readPortals()[0]);
  writeFileSync(join(webDist, 'pages/console.html'), document);
  rmSync(built);
  return 0;
}

/** Bundles the Worker into a folder as a deployment would, without deploying; answers the exit code. */
export function buildWorker(
  dir = workerBundle,
  logLevel: 'log' | 'error' = 'log',
): Promise<number> {
  return runTool('wrangler', ['deploy', '--dry-run', '--outdir', dir], {
    env: { WRANGLER_LOG_PATH: join(dataDir, 'wrangler'), WRANGLER_LOG: logLevel },
  });
}

/** Bundles the OpenID provider's Worker in the same way; answers the exit code. */
export function buildOidc(
  dir = oidcBundle,
  logLevel: 'log' | 'error' = 'log',
  args: readonly string[] = [],
): Promise<number> {
  return runTool('wrangler', ['deploy', '--dry-run', '--outdir', dir, ...args], {
    cwd: oidcDir,
    env: { WRANGLER_LOG_PATH: join(dataDir, 'wrangler'), WRANGLER_LOG: logLevel },
  });
}

/** Bundles the Worker that speaks with the ministry in the same way; answers the exit code. */
export function buildMinistry(
  dir = ministryBundle,
  logLevel: 'log' | 'error' = 'log',
): Promise<number> {
  return runTool('wrangler', ['deploy', '--dry-run', '--outdir', dir], {
    cwd: ministryDir,
    env: { WRANGLER_LOG_PATH: join(dataDir, 'wrangler'), WRANGLER_LOG: logLevel },
  });
}

/** Bundles the three Workers below a folder; throws when one fails. */
export async function buildWorkers(dir = dataDir, logLevel?: 'log' | 'error'): Promise<void> {
  for (const [name, bundle] of [
    ['worker', buildWorker],
    ['oidc', buildOidc],
    ['ministry', buildMinistry],
  ] as const) {
    if ((await bundle(join(dir, name), logLevel)) !== 0) {
      throw new Error(`A Worker does not build: ${name}.`);
    }
  }
}

/** All of it; throws when one fails. */
export async function build(): Promise<void> {
  if ((await buildWeb()) !== 0) throw new Error('The SPA does not build.');
  await buildWorkers();
}

if (import.meta.main) await runCommand(build);
