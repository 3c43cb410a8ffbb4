import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort, freePorts } from '../src/ports.ts';
import { startStack } from '../src/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    webUrl: string;
    phoneUrl: string;
    /** Where sqld answers, for what no browser can see. */
    databaseUrl: string;
    /** POST `/database/stop`, `/database/start` and `/scheduled` act on the stack. */
    controlUrl: string;
  }
}

/** Starts a stack of its own on free ports with an empty data folder, for all journeys together. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shiming-e2e-'));
  const removeData = (): void => rmSync(dataDir, { recursive: true, force: true });
  const stack = await startStack({ ports: await freePorts(), dataDir, log: () => {} }).catch(
    (error: unknown) => {
      removeData();
      throw error;
    },
  );

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
  project.provide('controlUrl', `http://127.0.0.1:${controlPort}`);

  return async () => {
    control.close();
    await stack.stop();
    removeData();
  };
}
