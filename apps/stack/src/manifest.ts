import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webDist } from './paths.ts';

/** One chunk of Vite's `manifest.json` (https://vite.dev/guide/backend-integration). */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

export type Manifest = Readonly<Record<string, Chunk>>;

/** The pages are built for visits in each, with its words in them; those of the other come when somebody switches. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** What Vite says of the pages that it built for each. */
export const manifests: Readonly<Record<Language, string>> = {
  zh: '.vite/manifest.json',
  en: '.vite/english.json',
};

/** Reads what Vite says of pages that it built; throws where they were not. */
export function readManifest(manifestFile: string): Manifest {
  const file = join(webDist, manifestFile);
  if (!existsSync(file)) throw new Error(`No ${manifestFile}: apps/web must build with one.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The chunk that was built of a file, by its path in the web; throws where none was. */
export function chunkOf(manifest: Manifest, key: string): Chunk {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`The manifest has no chunk ${key}.`);
  return chunk;
}

/** The files that a chunk needs before it runs: itself and its static imports, all the way. */
export function staticClosure(manifest: Manifest, key: string, seen = new Set<string>()) {
  const chunk = chunkOf(manifest, key);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) staticClosure(manifest, imported, seen);
  return seen;
}
