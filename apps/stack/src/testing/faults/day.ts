import { fillBacklog } from '../backlog.ts';
import { patiently } from '../patiently.ts';
import { type Part, pause, runScene } from './part.ts';

const dayMs = 24 * 3_600_000;
const rows = { expired: 950_000, unsealed: 50_000 };
const pieces = 500;
const withoutJobsMs = 15_000;
const runsAtMost = 100;

export const jobsStoodStill: Part = {
  id: 'day',
  title: 'No jobs for a day, then a million rows',
  run: (asked) =>
    runScene(
      asked,
      async ({ room, ledger, keepMessages }) => {
        await pause(withoutJobsMs);
        // In small pieces: writers are beside it, and sqld ends who holds them up.
        for (let piece = 0; piece < pieces; piece += 1) {
          await patiently(() =>
            fillBacklog(room.world, {
              expired: rows.expired / pieces,
              unsealed: rows.unsealed / pieces,
            }),
          );
        }
        const { db } = room.world.ctx();
        const countLeft = async () => {
          const [row] = await db.all<{ rows: number }>(
            `select (select count(*) from challenge where subject glob 'd[0-9]*') +
               (select count(*) from audit where action = 'test.filled' and block is null) as rows`,
          );
          return row?.rows ?? 0;
        };
        const filled = await patiently(countLeft);
        await room.setClock(dayMs, 'everybody');
        // The jobs that now delete what has ended have not run yet. A registration that nobody finished ends by the day, too.
        await keepMessages();
        ledger.acknowledged = ledger.acknowledged.filter(({ is }) => is !== 'registration');
        let runs = 0;
        let left = filled;
        for (; left > 0 && runs < runsAtMost; runs += 1) {
          await room.runJobs();
          left = await patiently(countLeft);
        }
        if (left > 0)
          throw new Error(`The jobs leave ${left} rows of the backlog after ${runs} runs.`);
        await pause(withoutJobsMs / 3);
        return {
          counts: { 'rows of backlog': filled, runs },
          clockMs: dayMs,
        };
      },
      { hasJobs: false },
    ),
};
