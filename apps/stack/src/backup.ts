import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { runCommand } from './lifetime.ts';

/** Where sqld keeps the database in its folder (`--db-path`). */
const dataOf = (folder: string) => join(folder, 'dbs/default/data');

/** What SQLite says of a file's own structure; throws where it is not whole. */
function assertWhole(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const said = db.prepare('pragma integrity_check').get()?.['integrity_check'];
    if (said !== 'ok') throw new Error(`${file}: ${String(said)}`);
  } finally {
    db.close();
  }
}

/**
 * Copies the database of a sqld that runs on this machine as it is at one moment, by SQLite's online backup in one read
 * transaction: writers do not wait. The file appears under its name when it is whole. Returns its size.
 */
export async function backUp(folder: string, file: string): Promise<number> {
  const unfinished = `${file}.new`;
  mkdirSync(dirname(file), { recursive: true });
  rmSync(unfinished, { force: true });
  const db = new DatabaseSync(dataOf(folder), { readOnly: true });
  try {
    await backup(db, unfinished, { rate: 2 ** 31 - 1 });
  } finally {
    db.close();
  }
  assertWhole(unfinished);
  renameSync(unfinished, file);
  return statSync(file).size;
}

/** Puts a backup into a new folder for sqld. */
export function restore(file: string, folder: string): void {
  if (existsSync(folder)) throw new Error(`${folder} 已经存在。 / ${folder} is there already.`);
  assertWhole(file);
  const data = dataOf(folder);
  mkdirSync(dirname(data), { recursive: true });
  copyFileSync(file, data);
}

async function main(): Promise<void> {
  const [what, from, to] = process.argv.slice(2);
  if (from === undefined || to === undefined || (what !== 'make' && what !== 'restore')) {
    throw new Error(
      'Usage: pnpm backup make <folder of sqld> <file>   |   pnpm backup restore <file> <new folder of sqld>',
    );
  }
  if (what === 'make') console.log(`${to}  ${await backUp(from, to)} bytes`);
  else restore(from, to);
}

if (import.meta.main) await runCommand(main);
