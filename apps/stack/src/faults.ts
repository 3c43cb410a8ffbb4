import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWeb } from './build.ts';
import { clockStepped } from './testing/faults/clock.ts';
import { jobsStoodStill } from './testing/faults/day.ts';
import { diskFull } from './testing/faults/disk.ts';
import { keysChanged } from './testing/faults/keys.ts';
import { databaseKilled, workerKilled } from './testing/faults/kills.ts';
import type { Found, Part } from './testing/faults/part.ts';
import { summary, writeReport } from './testing/faults/report.ts';
import { backupRestored } from './testing/faults/restored.ts';
import { vendorsFail } from './testing/faults/vendors.ts';
import { makeClocked } from './testing/faults/room.ts';
import { runCommand } from './lifetime.ts';
import { webDist } from './paths.ts';
import { release } from './release.ts';

const parts: readonly Part[] = [
  databaseKilled,
  workerKilled,
  vendorsFail,
  diskFull,
  backupRestored,
  clockStepped,
  jobsStoodStill,
  keysChanged,
];

/**
 * Runs the release under load of all three portals and lets it meet one fault after the other; afterwards every
 * acknowledged change is looked for in the database, and every message outside. `--only NAME` runs one part.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      kills: { type: 'string', default: '20' },
      people: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
      release: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const chosen = parts.filter(({ id }) => values.only === undefined || values.only === id);
  if (chosen.length === 0) {
    throw new Error(`--only takes one of ${parts.map(({ id }) => id).join(', ')}.`);
  }
  const dir = mkdtempSync(join(tmpdir(), 'shiming-release-'));
  const folder = values.release ?? join(dir, 'release');
  try {
    if (!existsSync(folder)) {
      if (!existsSync(webDist) && (await buildWeb('warn')) !== 0) {
        throw new Error('The SPA does not build.');
      }
      await release(folder);
      makeClocked(folder);
    }
    const asked = {
      release: folder,
      kills: Number(values.kills),
      people: Number(values.people),
      seed: Number(values.seed),
    };
    const found: (Found & { part: Part; seconds: number })[] = [];
    for (const part of chosen) {
      const startMs = Date.now();
      const result = await part.run(asked);
      found.push({ ...result, part, seconds: Math.round((Date.now() - startMs) / 1_000) });
      console.log(summary(found.slice(-1)));
    }
    const { text, wrong } = writeReport(found, asked, values.write);
    console.log(text);
    if (wrong > 0) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
