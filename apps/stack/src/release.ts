import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { compatibility } from './bare-worker.ts';
import { portals } from '@shiming/domain';
import { buildMinistry, buildOidc, buildWeb } from './build.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { dataDir, root, webDist } from './paths.ts';
import { bucketSecret, bucketSettings, secretNames, settingNames } from './release-settings.ts';
import { sqldBinary } from './sqld.ts';

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

/** The names of all that a Worker of the release may be told. */
function environmentNames(): string[] {
  const names = [...settingNames(), ...secretNames().map(([name]) => name)];
  // Of a portal that is not the first.
  const own = portals.flatMap(({ id }) => names.map((name) => `${id.toUpperCase()}_${name}`));
  return [...names, ...own, ...bucketSettings, bucketSecret];
}

const text = (value: string): string => JSON.stringify(value);
const listed = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join(',\n');

/** A Worker of the release: the folder of its bundle with its first module, and what it is bound to besides the settings. */
type Bundled = { name: string; main: string; bindings?: readonly string[] };

const workers: readonly Bundled[] = [
  {
    name: 'shiming',
    main: 'own.js',
    bindings: [
      '(name = "FILES", json = embed "files.json")',
      '(name = "DISK", service = "disk")',
      '(name = "OIDC", service = "oidc")',
      '(name = "OIDC_JOBS", service = (name = "oidc", entrypoint = "jobs"))',
      '(name = "MINISTRY", service = "ministry")',
    ],
  },
  { name: 'oidc', main: 'index.js' },
  { name: 'ministry', main: 'index.js' },
];

/** The configuration of workerd. Addresses are given as it starts, and settings come from its environment. */
function configuration(folder: string): string {
  const settings = environmentNames().map(
    (name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`,
  );
  const worker = ({ name, main, bindings = [] }: Bundled) => {
    const modules = [main, ...globSync('*.wasm', { cwd: join(folder, name) })].map((module) => {
      const type = module.endsWith('.wasm') ? 'wasm' : 'esModule';
      return `(name = ${text(module)}, ${type} = embed ${text(`${name}/${module}`)})`;
    });
    return `
const ${name} :Workerd.Worker = (
  compatibilityDate = ${text(compatibility.date)},
  compatibilityFlags = [${text(compatibility.flag)}],
  globalOutbound = "outside",
  modules = [
${listed(modules)}
  ],
  bindings = [
${listed([...bindings, ...settings])}
  ],
);
`;
  };
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
${listed(workers.map(({ name }) => `(name = ${text(name)}, worker = .${name})`))},
    (name = "disk", disk = (path = "files")),
    (name = "outside", network = (
      allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [
    (name = "http", http = (), service = "shiming"),
    (name = "jobs", http = (), service = (name = "shiming", entrypoint = "jobs")),
  ],
);
${workers.map(worker).join('')}`;
}

/** Has a bundle take the cryptography that knows 国密 besides: the Worker at Cloudflare has no room for it. */
const withGm = [
  '--alias',
  `@shiming/providers/crypto:${join(root, 'packages/providers/src/crypto/gm-crypto.ts')}`,
];

/** Where workerd's binary for this platform is. */
function workerdBinary(): string {
  const wrangler = createRequire(import.meta.url).resolve('wrangler/package.json');
  return (createRequire(wrangler)('workerd') as { default: string }).default;
}

/** A folder that somebody names may hold anything, a release that runs among it: only an empty one is written to. */
export function assertEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new Error(
    `${folder} 不是空的：请另选一个目录。 / ${folder} is not empty: name another folder.`,
  );
}

/**
 * Makes a folder with all that runs the Workers on a machine of one's own, but for the settings: workerd and its configuration, the
 * bundles, the files of the pages as they were last built, sqld, the migrations, and units for systemd.
 */
export async function release(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const own = join(folder, 'shiming');
  const codes = [
    await runTool(
      'wrangler',
      ['deploy', 'apps/worker/src/own.ts', '--dry-run', '--outdir', own, ...withGm],
      {
        env: { WRANGLER_LOG_PATH: join(dataDir, 'wrangler'), WRANGLER_LOG: 'error' },
      },
    ),
    await buildOidc(join(folder, 'oidc'), 'error', withGm),
    await buildMinistry(join(folder, 'ministry'), 'error'),
  ];
  if (codes.some((code) => code !== 0)) throw new Error('A Worker does not build.');
  for (const rest of globSync('*/*.{map,md,toml}', { cwd: folder })) rmSync(join(folder, rest));
  const files = join(folder, 'files');
  cpSync(webDist, files, { recursive: true });
  rmSync(join(files, '_headers'), { force: true });
  writeFileSync(join(folder, 'files.json'), JSON.stringify(listFiles(files)));
  writeFileSync(join(folder, 'config.capnp'), configuration(folder));
  cpSync(join(root, 'drizzle'), join(folder, 'drizzle'), { recursive: true });
  cpSync(join(import.meta.dirname, '../release'), folder, { recursive: true });
  cpSync(workerdBinary(), join(folder, 'workerd'));
  cpSync(sqldBinary(), join(folder, 'sqld'));
  for (const program of ['workerd', 'sqld', ...globSync('*.sh', { cwd: folder })]) {
    chmodSync(join(folder, program), 0o755);
  }
}

async function main(): Promise<void> {
  const [named] = process.argv.slice(2);
  const folder = named === undefined ? join(dataDir, 'release') : resolve(named);
  if (named !== undefined) assertEmpty(folder);
  if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  await release(folder);
  process.stdout.write(`${folder}\n`);
}

if (import.meta.main) await runCommand(main);
