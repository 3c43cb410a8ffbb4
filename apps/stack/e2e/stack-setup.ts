import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWorker } from '../src/build.ts';
import { freePort, freePorts } from '../src/ports.ts';
import { startStack } from '../src/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    webUrl: string;
    phoneUrl: string;
    /** Where sqld answers, for what no browser can see. */
    databaseUrl: string;
    /** Where the stack keeps its keys. */
    dataDir: string;
    /** POST `/database/stop`, `/database/start` and `/scheduled` act on the stack. */
    controlUrl: string;
  }
}

/** Starts a stack of its own on free ports with an empty data folder, for all journeys together. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shiming-e2e-'));
  const removeData = (): void => rmSync(dataDir, { recursive: true, force: true });
  // Bundled beforehand: one that watches its sources answers 503 whenever somebody saves a file.
  const bundle = join(dataDir, 'worker');
  const start = async () => {
    if ((await buildWorker(bundle, 'error')) !== 0) throw new Error('The Worker does not build.');
    return startStack({ ports: await freePorts(), dataDir, bundle, log: () => {} });
  };
  const stack = await start().catch((error: unknown) => {
    removeData();
    throw error;
  });

  const actions: Record<string, () => Promise<void>> = {
    '/database/stop': () => stack.stopDatabase(),
    '/database/start': () => stack.startDatabase(),
    '/scheduled': () => stack.runScheduled(),
  };
  const control = createServer((request, response) => {
    const action = actions[request.url ?? ''];
    if (action === undefined) response.writeHead(404).end();
    else {
      action().then(
        () => response.writeHead(204).end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    }
  });
  const controlPort = await freePort();
  await new Promise<void>((resolve) => {
    control.listen(controlPort, '127.0.0.1', resolve);
  });

  project.provide('webUrl', stack.webUrl);
  project.provide('phoneUrl', stack.phoneUrl);
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('dataDir', dataDir);
  project.provide('controlUrl', `http://127.0.0.1:${controlPort}`);

  return async () => {
    control.close();
    await stack.stop();
    removeData();
  };
}
