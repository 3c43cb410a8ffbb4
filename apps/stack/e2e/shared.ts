import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWorkers } from '../src/build.ts';
import { startDatabase } from '../src/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the Workers' bundles. */
    bundles: string;
    /** The folder of a database that has its tables and nothing in them. */
    database: string;
  }
}

/**
 * Bundles the Workers once for all journeys, unless `SHIMING_BUNDLES` names the folder where they are: a Worker that watches its
 * sources answers 503 whenever somebody saves a file.
 */
async function bundlesIn(folder: string): Promise<string> {
  const built = process.env['SHIMING_BUNDLES'];
  if (built !== undefined) return built;
  await buildWorkers(folder, 'error');
  return folder;
}

/** Makes what all journeys begin with: the Workers and a database to copy. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'shiming-journeys-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    project.provide('bundles', await bundlesIn(folder));
    const database = await startDatabase(folder, 0);
    await database.stop();
    project.provide('database', join(folder, 'sqld'));
    return remove;
  } catch (error) {
    remove();
    throw error;
  }
}
