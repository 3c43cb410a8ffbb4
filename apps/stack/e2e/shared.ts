import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWorker } from '../src/build.ts';
import { startDatabase } from '../src/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the Worker's bundle. */
    bundle: string;
    /** The folder of a database that has its tables and nothing in them. */
    database: string;
  }
}

/**
 * Bundles the Worker once for all journeys, unless `SHIMING_BUNDLE` names the folder of one: a Worker that watches its sources
 * answers 503 whenever somebody saves a file.
 */
async function bundleInto(folder: string): Promise<string> {
  const built = process.env['SHIMING_BUNDLE'];
  if (built !== undefined) return built;
  if ((await buildWorker(folder, 'error')) !== 0) throw new Error('The Worker does not build.');
  return folder;
}

/** Makes what all journeys begin with: the Worker and a database to copy. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'shiming-journeys-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    project.provide('bundle', await bundleInto(join(folder, 'worker')));
    const database = await startDatabase(folder, 0);
    await database.stop();
    project.provide('database', join(folder, 'sqld'));
    return remove;
  } catch (error) {
    remove();
    throw error;
  }
}
