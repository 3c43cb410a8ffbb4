import { randomBytes } from 'node:crypto';
import type { Keys } from '@shiming/services/context';
import { type Part, pause, runJobs, runScene } from './part.ts';

const betweenMs = 6_000;
const runsAtMost = 40;

/** A new key behind or in front of each purpose's keys. */
function withNew(keys: Keys, added: Keys, isFirst: boolean): Keys {
  const listed = (name: keyof Keys): Keys[typeof name] => {
    const [first, ...rest] = keys[name];
    const [next] = added[name];
    return isFirst ? [next, first, ...rest] : [first, ...rest, next];
  };
  return {
    vault: listed('vault'),
    index: listed('index'),
    token: listed('token'),
    audit: listed('audit'),
  };
}

const newKeys = (id: string): Keys => {
  const one = (): Keys['vault'] => [{ id, key: new Uint8Array(randomBytes(32)) }];
  return { vault: one(), index: one(), token: one(), audit: one() };
};

export const keysChanged: Part = {
  id: 'keys',
  title: 'All keys changed, and the old ones of vault and index taken away',
  run: (asked) =>
    runScene(asked, async ({ room }) => {
      const { keys } = room.world;
      const next = newKeys('next1');
      await pause(betweenMs);
      await room.useKeys(withNew(keys, next, false));
      await pause(betweenMs);
      const changed = withNew(keys, next, true);
      await room.useKeys(changed);
      await pause(betweenMs);
      const { db } = room.world.ctx();
      for (let runs = 0; ; runs += 1) {
        if (runs === runsAtMost) throw new Error('The rows are not moved to the new keys.');
        await runJobs(room);
        const [left] = await db.all<{ rows: number }>(
          `select (select count(*) from account where key_id <> 'next1') +
             (select count(*) from identifier where key_id <> 'next1' or "index" like '${keys.index[0].id}.%') as rows`,
        );
        if (left?.rows === 0) break;
      }
      await room.useKeys({ ...changed, vault: next.vault, index: next.index });
      await pause(betweenMs);
      return { counts: { 'keys changed': 4 } };
    }),
};
