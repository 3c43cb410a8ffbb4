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
import {
  commitNow,
  conclude,
  keep,
  keptOf,
  type Ran,
  summary,
  writePage,
} from './testing/faults/report.ts';
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

const brokenOff = (error: unknown): Found => {
  const wrong = [error instanceof Error ? error.message : String(error)];
  const check = { name: 'the part came to its end', looked: 1, wrong };
  return { counts: {}, report: { checks: [check], states: [] } };
};

/**
 * Runs the release under load of all three portals and lets it meet one fault after the other; afterwards every
 * acknowledged change is looked for in the database, and every message outside. `--only NAME` runs one part, and `--write`
 * writes what each part found last to `docs/faults.md`.
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
  const known = new Set([
    ...keptOf(parts).map(({ part }) => part.id),
    ...chosen.map(({ id }) => id),
  ]);
  const lost = parts.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (values.write && lost.length > 0) {
    throw new Error(
      `docs/faults.md would lose ${lost.join(', ')}, which have not been run in this folder: run all parts first, without --only.`,
    );
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
    const ran: Ran[] = [];
    const commit = commitNow();
    for (const part of chosen) {
      const startMs = Date.now();
      // What one part cannot do is a finding, and no reason to leave out the others.
      const found = await part.run(asked).catch(brokenOff);
      const seconds = Math.round((Date.now() - startMs) / 1_000);
      const { people, seed } = asked;
      const { id, title } = part;
      ran.push({ ...found, part: { id, title }, seconds, people, seed, commit });
      for (const each of ran.slice(-1)) {
        keep(each);
        console.log(summary([each]));
      }
    }
    const { text, wrong } = conclude(ran);
    console.log(text);
    if (values.write) writePage(keptOf(parts));
    if (wrong > 0) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
