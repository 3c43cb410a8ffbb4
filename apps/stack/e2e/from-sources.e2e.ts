import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../src/ports.ts';
import { startStack } from '../src/stack.ts';

// All other journeys run the bundles, without wrangler.
test('as `pnpm start` and `pnpm dev` run them, the Workers are built of their sources and find each other', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shiming-from-sources-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const ports = await freePorts();
  const stack = await startStack({ ports, dataDir, log: () => {} });
  onTestFinished(() => stack.stop());
  for (const [path, said] of [
    ['/login', '登录'],
    ['/healthz', '"ok":true'],
    ['/oidc/.well-known/openid-configuration', `"issuer":"${stack.webUrl}/oidc"`],
  ] as const) {
    const answer = await fetch(`${stack.webUrl}${path}`);
    expect([path, answer.status, await answer.text()]).toEqual([
      path,
      200,
      expect.stringContaining(said),
    ]);
  }
  await stack.runScheduled();
});
