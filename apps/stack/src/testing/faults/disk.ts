import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Part, pause, runScene } from './part.ts';

const sizeMib = 96;
const times = 3;
const lastsMs = 8_000;
const betweenMs = 6_000;

/** Takes all that is left, whoever writes beside it. */
function fill(file: string): void {
  const { bavail, bsize } = statfsSync(dirname(file));
  try {
    writeFileSync(file, new Uint8Array(bavail * bsize));
  } catch {
    // It is full, which is what was wanted.
  }
}

function mount(dir: string): () => void {
  const options = ['-t', 'tmpfs', '-o', `size=${sizeMib}m`, 'tmpfs', dir];
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`A file system of its own cannot be mounted: ${stderr}`);
  return () => void spawnSync('umount', ['-l', dir]);
}

export const diskFull: Part = {
  id: 'disk',
  title: 'The disk of sqld full (a tmpfs of its own)',
  run: async (asked) => {
    let dir = '';
    return runScene(
      asked,
      async () => {
        const filler = join(dir, 'filler');
        for (let filled = 0; filled < times; filled += 1) {
          await pause(betweenMs);
          fill(filler);
          await pause(lastsMs);
          rmSync(filler);
        }
        await pause(betweenMs);
        return { counts: { 'times full': times } };
      },
      {
        prepareDatabase: (at) => {
          dir = at;
          return mount(at);
        },
      },
    );
  },
};
