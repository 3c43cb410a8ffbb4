import { challengeTable } from '@shiming/db';
import { runJobs } from '@shiming/services/run-jobs';
import { runCommand } from './lifetime.ts';
import { fillBacklog, startWriters } from './testing/backlog.ts';
import { startSqldWorld } from './testing/sqld-world.ts';

/** How the jobs work off a backlog on a real sqld, run by run, with writers beside them. */
await runCommand(async () => {
  const rows = Number(process.argv[2] ?? 1_000_000);
  const { world, stop } = await startSqldWorld();
  const startMs = Date.now();
  try {
    await fillBacklog(world, { expired: rows, unsealed: rows / 20 });
    console.log(`${rows} expired, ${rows / 20} to be sealed, after ${Date.now() - startMs} ms`);
    console.log('run  ms      deleted  sealed  left     writers: batches, median ms, worst ms');
    for (let run = 1, left = rows; left > 0; run += 1) {
      const writers = startWriters(world, 8);
      const beginMs = Date.now();
      const nowMs = world.nowMs();
      const { retention, audit } = await runJobs({
        ...world.ctx(),
        now: () => nowMs + Date.now() - beginMs,
      });
      const waits = await writers.stop();
      left = await world.ctx().db.$count(challengeTable);
      const said = [Date.now() - beginMs, retention.done, audit.done, left, waits.length];
      const [median = 0, worst = 0] = [waits[waits.length >> 1], waits.at(-1)];
      console.log(`${run}  ${said.join('  ')}  ${Math.round(median)}  ${Math.round(worst)}`);
      for (const line of [retention, audit]) {
        if (line.outcome !== 'ok') throw new Error(`${line.job}: ${line.outcome}`);
      }
    }
  } finally {
    await stop();
  }
});
