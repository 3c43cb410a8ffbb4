import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from './build.ts';
import { runCommand } from './lifetime.ts';
import { webDist, workerBundle } from './paths.ts';

/** One chunk of Vite's `manifest.json` (https://vite.dev/guide/backend-integration). */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

export type Manifest = Readonly<Record<string, Chunk>>;

interface Row {
  readonly item: string;
  readonly bytes: number;
  readonly targetKb?: number;
  readonly hardKb?: number;
}

/** Hosts that may be named in the SPA's files because nothing ever asks them for anything. */
const namedHosts = new Set([
  // The XML namespaces of SVG and MathML.
  'www.w3.org',
  // tRPC's client, in the text of an error that should never happen.
  'github.com',
]);

/** The files that a chunk needs before it runs: itself and its static imports, all the way. */
export function staticClosure(manifest: Manifest, key: string, seen = new Set<string>()) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`The manifest has no chunk ${key}.`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) staticClosure(manifest, imported, seen);
  return seen;
}

/** What every route needs: the entry and its static imports. */
function initialFiles(manifest: Manifest): Set<string> {
  const files = new Set<string>();
  for (const [key, chunk] of Object.entries(manifest)) {
    if (chunk.isEntry === true) staticClosure(manifest, key, files);
  }
  return files;
}

/** The pages: components (`.tsx`) that the entry, or what comes with it, loads lazily for a route. */
export function pagesOf(manifest: Manifest): string[] {
  const initial = initialFiles(manifest);
  const lazy = Object.values(manifest)
    .filter((chunk) => initial.has(chunk.file))
    .flatMap((chunk) => chunk.dynamicImports ?? []);
  return [...new Set(lazy)].filter((key) => key.endsWith('.tsx'));
}

/** Hosts of web addresses in a text, save those above and placeholders that are no domain (`http://sr`). */
export function foreignOrigins(text: string): string[] {
  const found = text.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi);
  return [...new Set([...found].map(([, host = '']) => host.toLowerCase()))].filter(
    (host) => !namedHosts.has(host),
  );
}

const gzipBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kb = (bytes: number): string => (bytes / 1024).toFixed(1);

function webRows(manifest: Manifest): Row[] {
  const sizes = new Map<string, number>();
  const sizeOf = (file: string): number => {
    const size = sizes.get(file) ?? gzipBytes(join(webDist, file));
    sizes.set(file, size);
    return size;
  };
  const scripts = globSync('*.js', { cwd: webDist });
  const initial = new Set([...initialFiles(manifest), ...scripts]);
  const pages = pagesOf(manifest);
  if (pages.length === 0) throw new Error('The manifest has no lazy page.');

  const routes = pages.map((page) => {
    const files = new Set([...initial, ...staticClosure(manifest, page)]);
    const bytes = [...files].reduce((sum, file) => sum + sizeOf(file), 0);
    return { item: page, bytes, targetKb: 40, hardKb: 50 };
  });
  // By the files, not by the manifest: it leaves out the scripts of web workers.
  const lazy = globSync('assets/**/*.js', { cwd: webDist })
    .filter((file) => !initial.has(file))
    .map((file) => ({ item: file, bytes: sizeOf(file), targetKb: 12, hardKb: 20 }));
  const css = globSync('**/*.css', { cwd: webDist }).reduce((sum, file) => sum + sizeOf(file), 0);
  const bySize = (a: Row, b: Row): number => b.bytes - a.bytes;
  return [
    ...routes.toSorted(bySize),
    ...lazy.toSorted(bySize),
    { item: 'CSS, all', bytes: css, targetKb: 5, hardKb: 8 },
  ];
}

/** The gzip sizes of a bundle's files that match a pattern, added up. */
const bundleBytes = (pattern: string): number =>
  globSync(pattern, { cwd: workerBundle }).reduce(
    (sum, file) => sum + gzipBytes(join(workerBundle, file)),
    0,
  );

function workerRows(): Row[] {
  const js = bundleBytes('*.js');
  const wasm = bundleBytes('*.wasm');
  return [
    { item: 'Worker, JavaScript', bytes: js, hardKb: 250 },
    { item: 'Worker, WebAssembly', bytes: wasm },
    { item: 'Worker, total', bytes: js + wasm },
  ];
}

function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map((row) => row.item.length));
  console.log(`${'gzip -9, KB (1024 bytes)'.padEnd(width)}     size  target  hard`);
  for (const { item, bytes, targetKb, hardKb } of rows) {
    const mark =
      hardKb !== undefined && bytes > hardKb * 1024
        ? 'OVER'
        : targetKb !== undefined && bytes > targetKb * 1024
          ? 'above target'
          : '';
    const numbers = [
      kb(bytes).padStart(8),
      String(targetKb ?? '').padStart(7),
      String(hardKb ?? '').padStart(5),
    ];
    console.log(`${item.padEnd(width)} ${numbers.join(' ')}  ${mark}`.trimEnd());
  }
}

/** What must not be in the SPA's files: the server's database code, and other people's addresses. */
function intruders(): string[] {
  return globSync('**/*.{js,css,html,svg,json,webmanifest}', { cwd: webDist }).flatMap((file) => {
    const text = readFileSync(join(webDist, file), 'utf8');
    const code = ['drizzle', 'libsql'].filter((word) => text.toLowerCase().includes(word));
    return [...code, ...foreignOrigins(text)].map((word) => `${file} contains ${word}`);
  });
}

/** Measures what was last built and prints a table; throws when something is over a hard limit. */
export async function checkBudget(): Promise<void> {
  const manifestFile = join(webDist, '.vite/manifest.json');
  if (!existsSync(manifestFile)) throw new Error('No manifest: apps/web must build with one.');
  const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const rows = [...webRows(manifest), ...workerRows()];
  printTable(rows);
  const faults = [
    ...rows
      .filter(({ bytes, hardKb }) => hardKb !== undefined && bytes > hardKb * 1024)
      .map(({ item, bytes, hardKb }) => `${item}: ${kb(bytes)} KB, the limit is ${hardKb} KB`),
    ...intruders(),
  ];
  if (faults.length > 0) throw new Error(`Budget:\n${faults.join('\n')}`);
}

if (import.meta.main) {
  await runCommand(async () => {
    await build();
    await checkBudget();
  });
}
