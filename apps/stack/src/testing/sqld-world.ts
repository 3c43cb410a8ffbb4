import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMeter } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { startSqld } from '../sqld.ts';

/** The services' test world on a sqld of its own, with its tables and nothing in them. */
export async function startSqldWorld(): Promise<{ world: TestWorld; stop: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'shiming-world-'));
  const sqld = await startSqld({ dir });
  const { url } = sqld;
  await migrate(url);
  const world = await createTestWorld({
    database: {
      url,
      connect: (meter = newMeter()) => connect({ url }, meter),
      remove: () => Promise.resolve(),
    },
  });
  return {
    world,
    stop: async () => {
      await sqld.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
