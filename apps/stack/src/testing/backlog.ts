import { commit, puzzleTable } from '@shiming/db';
import type { TestWorld } from '@shiming/services/testing';

/** What one transaction takes without holding anybody up for long. */
const rowsAtOnce = 50_000;

/** Codes whose time is over, and as many rows of the audit as `unsealed` that are to be sealed. */
export async function fillBacklog(
  world: TestWorld,
  rows: { expired: number; unsealed: number },
): Promise<void> {
  const { db } = world.ctx();
  const insert = async (count: number, values: string) => {
    for (let from = 0; from < count; from += rowsAtOnce) {
      const to = Math.min(count, from + rowsAtOnce);
      await db.run(
        `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to}) insert into ${values} from n`,
      );
    }
  };
  await insert(
    rows.expired,
    `challenge select lower(hex(randomblob(12))), 'ticket.login', 'd' || i, 'x', 1, 0, 1, null`,
  );
  await insert(
    rows.unsealed,
    `audit select lower(hex(randomblob(12))), ${world.nowMs() - 60_000} + i % 50000, 'anonymous', 'test.filled', null, 'x', '{}', null`,
  );
}

/** Writers that write one small batch after another, each like a request of its own, until they are stopped. */
export function startWriters(world: TestWorld, count: number) {
  const stopping = new AbortController();
  const waitsMs: number[] = [];
  const write = async () => {
    while (!stopping.signal.aborted) {
      const { db } = world.ctx();
      const startMs = performance.now();
      await commit(db, [
        db.insert(puzzleTable).values({
          id: world.ctx().crypto.randomToken(12),
          purpose: 'login',
          deviceId: 'd',
          x: 0,
          width: 320,
          expiresAtMs: world.nowMs() + 3_600_000,
        }),
      ]);
      waitsMs.push(performance.now() - startMs);
    }
  };
  const writers = Promise.allSettled(Array.from({ length: count }, () => write()));
  return {
    /** Stops them. Returns how long each batch took; throws what a writer was refused. */
    stop: async () => {
      stopping.abort();
      for (const outcome of await writers) {
        if (outcome.status === 'rejected') throw outcome.reason;
      }
      return waitsMs.toSorted((a, b) => a - b);
    },
  };
}
