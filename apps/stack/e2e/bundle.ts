import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWorker } from '../src/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the Worker's bundle. */
    bundle: string;
  }
}

/**
 * Bundles the Worker once for all journeys, unless `SHIMING_BUNDLE` names the folder of one: a Worker that watches its sources
 * answers 503 whenever somebody saves a file.
 */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  const built = process.env['SHIMING_BUNDLE'];
  if (built !== undefined) {
    project.provide('bundle', built);
    return undefined;
  }
  const bundle = mkdtempSync(join(tmpdir(), 'shiming-worker-'));
  const remove = (): void => rmSync(bundle, { recursive: true, force: true });
  if ((await buildWorker(bundle, 'error')) !== 0) {
    remove();
    throw new Error('The Worker does not build.');
  }
  project.provide('bundle', bundle);
  return remove;
}
