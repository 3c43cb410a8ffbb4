import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from './build.ts';
import { runCommand } from './lifetime.ts';
import {
  chunkOf,
  type Language,
  languages,
  type Manifest,
  manifests,
  readManifest,
  staticClosure,
} from './manifest.ts';
import { ministryBundle, oidcBundle, webDist, workerBundle } from './paths.ts';

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
  // SimpleWebAuthn's browser library, in the text of an error about options that ours never are.
  'simplewebauthn.dev',
]);

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
  return [...new Set(lazy)].filter((key) => key.endsWith('.tsx') && !isOnDemand(key));
}

/**
 * What comes only when it is asked for, by the person or by a state that most are not in; whatever else a page loads
 * lazily, such as a puzzle, comes with every visit and counts.
 */
const onDemand: ReadonlySet<string> = new Set([
  // Children under 14 and their guardians.
  'src/guardian/code-field.tsx',
  // Of documents whose number says neither sex nor birth date, and of permits.
  'src/account/profile-fields.tsx',
  'src/account/permit-fields.tsx',
  // Of cards that print the number of an earlier one.
  'src/account/earlier-number.tsx',
  // Refusals of the server.
  'src/account/number-taken.tsx',
  'src/copy/errors.zh.ts',
  'src/copy/errors.en.ts',
  // For who has done something before the page listened.
  'src/take-over.ts',
  // At an operator with several portals.
  'src/account/doors.tsx',
  // For who comes from the ministry, which vouches for a name.
  'src/ministry/vouched-note.tsx',
  // Behind the consent, and for who signs in by it.
  'src/face/capture.tsx',
  'src/face/sign-in.tsx',
  // Behind buttons: other ways, dialogs, the next step.
  'src/account/confirm-identity.tsx',
  'src/agency/own-password.tsx',
  'src/data/consent-dialog.tsx',
  'src/data/give-consent.tsx',
  'src/data/readable-copy.ts',
  'src/data/retention-table.tsx',
  'src/proof/by-authority.tsx',
  'src/puzzle/proof-of-work.ts',
  'src/puzzle/proof-of-work-way.tsx',
  'src/registration/wechat-code.tsx',
  // For who adds a photo to a question.
  'src/ticket/fit-photo.ts',
  // For who asks for a correction.
  'src/ticket/correction-fields.tsx',
  'src/review/photo/hand-off.tsx',
  'src/review/photo/samples.tsx',
  'src/review/reasons.tsx',
  // For people who wait for a review, and people who have tried today.
  'src/review/under-review.tsx',
  'src/verification/ledger.tsx',
  'src/session/session-dialog.tsx',
  'src/verification/confirm.tsx',
  'src/verification/result.tsx',
  'src/shared/qr-image.ts',
]);
/** Parts of pages that portals show in place of each other: a visit loads those of one list. */
const partsOfPortals: readonly (readonly string[])[] = [
  ['src/records/sections.tsx'],
  // Where the records have a page of their own.
  ['src/account/identity-now.tsx', 'src/binding/rooms.tsx'],
];
/** Where a portal asks for a 户籍: the list of one province, once the person has chosen it. */
const isOnDemand = (key: string): boolean =>
  // The sentences beside fields: for who touches a form.
  onDemand.has(key) || /^src\/(?:shared\/region\/|copy\/fields\.)/.test(key);

/** The files that a visit loads: the entry, a page, what they import, and what comes with them of itself. */
export function visitFiles(
  manifest: Manifest,
  page: string,
  language: Language = 'zh',
  parts: readonly string[] = partsOfPortals.flat(),
): Set<string> {
  const others = new Set(partsOfPortals.flat().filter((part) => !parts.includes(part)));
  const pages = new Set(pagesOf(manifest));
  const isOther = (lazy: string) =>
    languages.some((each) => each !== language && lazy.endsWith(`.${each}.ts`));
  const comes = (lazy: string) =>
    !isOther(lazy) && !others.has(lazy) && !pages.has(lazy) && !isOnDemand(lazy);
  const files = new Set<string>();
  const add = (key: string): void => {
    const chunk = chunkOf(manifest, key);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
    for (const lazy of (chunk.dynamicImports ?? []).filter(comes)) add(lazy);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry === true) add(key);
  add(page);
  return files;
}

/** Hosts of web addresses in a text, save those above and placeholders that are no domain (`http://sr`). */
export function foreignOrigins(text: string): string[] {
  const found = text.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi);
  return [...new Set([...found].map(([, host = '']) => host.toLowerCase()))].filter(
    (host) => !namedHosts.has(host),
  );
}

const optional = String.raw`\?\.(?:[\w$#]+|\[[^\]]*\])?(?:\.[\w$#]+|\[[^\]]*\])*`;
/** Arguments with calls among them, one in another. */
const before = String.raw`(?:(?:[^()]|\((?:[^()]|\([^()]*\))*\))*,)?`;
const spread = new RegExp(String.raw`${optional}\(${before}\.\.\.[^)]*\)`, 'g');

/** Optional calls into which arguments are spread (`a?.(...b)`), which Chrome 80 to 90 gets wrong. */
export const spreadIntoOptional = (text: string): string[] => text.match(spread) ?? [];

const gzipBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kb = (bytes: number): string => (bytes / 1024).toFixed(1);

/** What is built by itself, with the limits of its own for a page. */
interface Entry {
  readonly name: string;
  readonly manifestFile: string;
  /** What of the files of a page counts: a visit's on applicants' phones, on desks what is needed at first. */
  readonly filesOf: (
    manifest: Manifest,
    page: string,
    parts: readonly string[],
  ) => Iterable<string>;
  readonly pageKb: { readonly target: number; readonly hard: number };
  readonly cssKb: { readonly target: number; readonly hard: number };
}

const entries: readonly Entry[] = [
  ...languages.map((language) => ({
    name: language === 'zh' ? 'applicants' : 'applicants, English',
    manifestFile: manifests[language],
    filesOf: (manifest: Manifest, page: string, parts: readonly string[]) =>
      visitFiles(manifest, page, language, parts),
    pageKb: { target: 40, hard: 40 },
    cssKb: { target: 5, hard: 8 },
  })),
  {
    name: 'console',
    manifestFile: '.vite/console.json',
    filesOf: (manifest, page) => staticClosure(manifest, page),
    pageKb: { target: 55, hard: 70 },
    cssKb: { target: 8, hard: 8 },
  },
];

function webRows(): Row[] {
  const sizes = new Map<string, number>();
  const sizeOf = (file: string): number => {
    const size = sizes.get(file) ?? gzipBytes(join(webDist, file));
    sizes.set(file, size);
    return size;
  };
  const scripts = globSync('*.js', { cwd: webDist });
  const initialOfAny = new Set<string>();
  /** What each file was made of: the names of files are hashes. */
  const sources = new Map<string, string>();
  const bySize = (a: Row, b: Row): number => b.bytes - a.bytes;

  const routesAndStyles = entries.map((entry) => {
    const manifest = readManifest(entry.manifestFile);
    const initial = new Set([...initialFiles(manifest), ...scripts]);
    for (const file of initial) initialOfAny.add(file);
    for (const [key, chunk] of Object.entries(manifest)) sources.set(chunk.file, key);
    const pages = pagesOf(manifest);
    if (pages.length === 0) throw new Error(`${entry.manifestFile} has no lazy page.`);
    const { target, hard } = entry.pageKb;
    const routes = pages.map((page) => {
      const visits = partsOfPortals.map((parts) => {
        const files = new Set([...initial, ...entry.filesOf(manifest, page, parts)]);
        return [...files].reduce((sum, file) => sum + sizeOf(file), 0);
      });
      const bytes = Math.max(...visits);
      return { item: `${page}, ${entry.name}`, bytes, targetKb: target, hardKb: hard };
    });
    const styles = Object.values(manifest).flatMap(({ file }) =>
      file.endsWith('.css') ? [file] : [],
    );
    const css = [...new Set(styles)].reduce((sum, file) => sum + sizeOf(file), 0);
    return {
      routes: routes.toSorted(bySize),
      css: {
        item: `CSS, ${entry.name}`,
        bytes: css,
        targetKb: entry.cssKb.target,
        hardKb: entry.cssKb.hard,
      },
    };
  });
  // By the files, not by the manifests: they leave out the scripts of web workers.
  const lazy = globSync('assets/**/*.js', { cwd: webDist })
    .filter((file) => !initialOfAny.has(file))
    .map((file) => ({
      item: sources.get(file) ?? file,
      bytes: sizeOf(file),
      targetKb: 12,
      hardKb: 20,
    }));
  const models = globSync('assets/**/*.bin', { cwd: webDist });
  return [
    ...routesAndStyles.flatMap(({ routes }) => routes),
    ...lazy.toSorted(bySize),
    {
      item: 'Models of the face detector, on its document alone',
      bytes: models.reduce((sum, file) => sum + sizeOf(file), 0),
      targetKb: 220,
      hardKb: 225,
    },
    ...routesAndStyles.map(({ css }) => css),
  ];
}

/** The gzip sizes of a bundle's files that match a pattern, added up. */
function bundleBytes(pattern: string, bundle = workerBundle): number {
  const files = globSync(pattern, { cwd: bundle });
  if (files.length === 0) throw new Error(`${bundle} holds no ${pattern}: it was not built.`);
  return files.reduce((sum, file) => sum + gzipBytes(join(bundle, file)), 0);
}

function workerRows(): Row[] {
  const js = bundleBytes('*.js');
  const wasm = bundleBytes('*.wasm');
  return [
    { item: 'Worker, JavaScript', bytes: js, hardKb: 250 },
    { item: 'Worker, WebAssembly', bytes: wasm },
    { item: 'Worker, total', bytes: js + wasm },
    { item: 'Worker of the OpenID provider', bytes: bundleBytes('*.js', oidcBundle), hardKb: 190 },
    { item: 'Worker of the ministry', bytes: bundleBytes('*.js', ministryBundle), hardKb: 15 },
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

/** What applicants would load in the wrong place: chunks of the console, which its own build makes, and the camera. */
function strays(): string[] {
  return Object.values(manifests).flatMap((file) => {
    const manifest = readManifest(file);
    const ofConsole = Object.keys(manifest)
      .filter((key) => key.includes('src/console/'))
      .map((key) => `${file} contains ${key}`);
    return [...ofConsole, ...cameraElsewhere(manifest)];
  });
}

/** The camera, where a page leads to it that is not the document with the camera, by whatever it loads. */
export function cameraElsewhere(manifest: Manifest): string[] {
  const camera = chunkOf(manifest, 'src/face/capture.tsx').file;
  const pages = new Set(pagesOf(manifest));
  const reached = (key: string, seen = new Set<string>()): Set<string> => {
    const { file, imports = [], dynamicImports = [] } = chunkOf(manifest, key);
    if (seen.has(file)) return seen;
    seen.add(file);
    const lazy = dynamicImports.filter((each) => !pages.has(each));
    for (const next of [...imports, ...lazy]) reached(next, seen);
    return seen;
  };
  return [...pages]
    .filter((page) => page !== 'src/face/page.tsx' && reached(page).has(camera))
    .map((page) => `${page} comes to the camera, which is for src/face/page.tsx alone`);
}

/** What must not be in the SPA's files: the server's database code, other people's addresses, and what old browsers get wrong. */
function intruders(): string[] {
  return globSync('**/*.{js,css,html,svg,json,webmanifest}', { cwd: webDist }).flatMap((file) => {
    const text = readFileSync(join(webDist, file), 'utf8');
    const code = ['drizzle', 'libsql'].filter((word) => text.toLowerCase().includes(word));
    const calls = file.endsWith('.js') ? spreadIntoOptional(text) : [];
    return [...code, ...foreignOrigins(text), ...calls].map((word) => `${file} contains ${word}`);
  });
}

/** Measures what was last built and prints a table; throws when something is over a hard limit. */
export async function checkBudget(): Promise<void> {
  const rows = [...webRows(), ...workerRows()];
  printTable(rows);
  const faults = [
    ...rows
      .filter(({ bytes, hardKb }) => hardKb !== undefined && bytes > hardKb * 1024)
      .map(({ item, bytes, hardKb }) => `${item}: ${kb(bytes)} KB, the limit is ${hardKb} KB`),
    ...intruders(),
    ...strays(),
  ];
  if (faults.length > 0) throw new Error(`Budget:\n${faults.join('\n')}`);
}

if (import.meta.main) {
  await runCommand(async () => {
    await build();
    await checkBudget();
  });
}
