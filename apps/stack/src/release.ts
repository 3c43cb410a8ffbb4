import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { compatibility } from './bare-worker.ts';
import { buildWeb } from './build.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { dataDir, root, webDist } from './paths.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The files of the pages, by their path, with their type and a name for their bytes. */
function listFiles(folder: string): Record<string, { type: string; etag: string }> {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '_headers')
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.toSorted().map((file) => {
      const hash = createHash('sha256').update(readFileSync(file)).digest('base64url');
      const type = types[extname(file)] ?? 'application/octet-stream';
      return [file.slice(folder.length), { type, etag: `"${hash.slice(0, 22)}"` }];
    }),
  );
}

/** The names of the settings of `wrangler.toml`, secrets included, with those of a bucket. */
function settingNames(): string[] {
  const text = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const vars = [...text.slice(text.indexOf('[vars]')).matchAll(/^([A-Z][A-Z\d_]+) = /gm)];
  const secrets = [...text.matchAll(/^# {3}([A-Z][A-Z\d_]+) {2,}/gm)];
  const names = [...vars, ...secrets].map(([, name = '']) => name);
  const own = ['STUDENT', 'BUSINESS'].flatMap((id) =>
    names
      .filter((name) => !/^(?:ENVIRONMENT|PORTALS|.*_KEYS|DATABASE_.*)$/.test(name))
      .map((name) => `${id}_${name}`),
  );
  return [
    ...names,
    ...own,
    'S3_BUCKET_URL',
    'S3_REGION',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
  ];
}

const text = (value: string): string => JSON.stringify(value);

/** The configuration of workerd. Addresses are given as it starts, and settings come from its environment. */
function configuration(modules: readonly string[]): string {
  const embedded = modules.map((module) => {
    const type = module.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `    (name = ${text(module)}, ${type} = embed ${text(`worker/${module}`)})`;
  });
  const settings = settingNames().map(
    (name) => `    (name = ${text(name)}, fromEnvironment = ${text(name)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "shiming", worker = .shiming),
    (name = "disk", disk = (path = "files")),
    (name = "outside", network = (
      allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [
    (name = "http", http = (), service = "shiming"),
    (name = "jobs", http = (), service = (name = "shiming", entrypoint = "jobs")),
  ],
);

const shiming :Workerd.Worker = (
  compatibilityDate = ${text(compatibility.date)},
  compatibilityFlags = [${text(compatibility.flag)}],
  globalOutbound = "outside",
  modules = [
${embedded.join(',\n')}
  ],
  bindings = [
    (name = "FILES", json = embed "files.json"),
    (name = "DISK", service = "disk"),
${settings.join(',\n')}
  ],
);
`;
}

/** Where workerd's binary for this platform is. */
function workerdBinary(): string {
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  return (createRequire(wrangler)('workerd') as { default: string }).default;
}

/**
 * Makes a folder with all that runs the Worker on a machine of one's own, but for the settings: workerd and its configuration, the
 * bundle, the files of the pages as they were last built, the migrations, and units for systemd.
 */
export async function release(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const worker = join(folder, 'worker');
  const bundled = await runTool(
    'wrangler',
    ['deploy', 'apps/worker/src/own.ts', '--dry-run', '--outdir', worker],
    { env: { WRANGLER_LOG_PATH: join(dataDir, 'wrangler'), WRANGLER_LOG: 'error' } },
  );
  if (bundled !== 0) throw new Error('The Worker does not build.');
  for (const rest of globSync('*.{map,md}', { cwd: worker })) rmSync(join(worker, rest));
  const modules = ['own.js', ...globSync('*.wasm', { cwd: worker })];
  const files = join(folder, 'files');
  cpSync(webDist, files, { recursive: true });
  rmSync(join(files, '_headers'), { force: true });
  writeFileSync(join(folder, 'files.json'), JSON.stringify(listFiles(files)));
  writeFileSync(join(folder, 'config.capnp'), configuration(modules));
  cpSync(join(root, 'drizzle'), join(folder, 'drizzle'), { recursive: true });
  cpSync(join(import.meta.dirname, '../release'), folder, { recursive: true });
  cpSync(workerdBinary(), join(folder, 'workerd'));
  for (const program of ['workerd', 'start.sh']) chmodSync(join(folder, program), 0o755);
}

async function main(): Promise<void> {
  const folder = resolve(process.argv[2] ?? join(dataDir, 'release'));
  if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  await release(folder);
  process.stdout.write(`${folder}\n`);
}

if (import.meta.main) await runCommand(main);
