import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { legacyColumns } from '@shiming/domain';
import { runCommand } from './lifetime.ts';
import { madeUpRow } from './testing/made-up-accounts.ts';
import { newKeys } from './secrets.ts';
import { readPortalsSetting } from './settings.ts';
import { startSqld } from './sqld.ts';

const importer = join(import.meta.dirname, 'accounts-import.ts');

/** Of so many rows one is bad, and left out. */
const badEvery = 1_000;
const isBad = (index: number) => index % badEvery === badEvery / 2;

/** A file of so many accounts, all made up. */
async function writeRows(file: string, rows: number): Promise<void> {
  const output = createWriteStream(file);
  output.write(`${legacyColumns.join(',')}\n`);
  for (let index = 0; index < rows; index += 1) {
    const row = madeUpRow(index);
    if (isBad(index)) row['name'] = '';
    const line = `${legacyColumns.map((column) => row[column]).join(',')}\n`;
    if (!output.write(line)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'close');
}

/** A number of kB that Linux says of a process; 0 where there is no such file. */
function kilobytes(pid: number | undefined, name: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** For how long all threads of a process were at work, in seconds; 0 where there is none. */
function cpuSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}

export type ImportReport = {
  rows: number;
  /** Rows that are bad, and lines of the file that names them. */
  bad: number;
  badNamed: number;
  kills: number;
  /** Until the last run ended, with what the killed ones did again; and of that, at work on a core. */
  seconds: number;
  importerCpuSeconds: number;
  sqldCpuSeconds: number;
  /** The most memory that the importer had when a quarter was in, and at its end. */
  quarterMb: number;
  endMb: number;
  sqldMb: number;
  databaseMb: number;
  accounts: number;
  auditRows: number;
  /** Accounts without a number, numbers of two accounts, accounts without their row of the audit. */
  faults: number;
  lastLine: string;
};

/** Imports a file as an operator does, in a process that is killed so many times on the way and begun again. */
export async function importLargeFile(rows: number, kills: number): Promise<ImportReport> {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-import-'));
  const sqld = await startSqld({ dir: join(dir, 'sqld') });
  try {
    await migrate(sqld.url);
    const db = connect({ url: sqld.url });
    const one = async (query: string) => (await db.all<{ n: number }>(query))[0]?.n ?? 0;
    // The rows of a table that is only added to, without counting them.
    const imported = () => one('select coalesce(max(rowid), 0) as n from account');
    const file = join(dir, 'accounts.csv');
    const badRows = join(dir, 'bad-rows.txt');
    await writeRows(file, rows);
    const env = {
      ...process.env,
      ...newKeys(),
      DATABASE_URL: sqld.url,
      PORTALS: readPortalsSetting(),
    };
    let quarterMb = 0;
    let endMb = 0;
    let importerCpuSeconds = 0;
    let lastLine = '';
    const run = async (killAt: number) => {
      const child = spawn(process.execPath, [importer, file, '--skip-bad', '--bad-rows', badRows], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        lastLine = text.trim().split('\n').at(-1) ?? '';
      });
      const exited = once(child, 'exit');
      let hasEnded = false;
      void exited.then(() => (hasEnded = true));
      let cpu = 0;
      for (;;) {
        cpu = Math.max(cpu, cpuSeconds(child.pid));
        const peak = Math.round(kilobytes(child.pid, 'VmHWM') / 1024);
        endMb = Math.max(endMb, peak);
        const done = await imported();
        if (done <= rows / 4) quarterMb = Math.max(quarterMb, peak);
        if (done >= killAt && !hasEnded) child.kill('SIGKILL');
        if (hasEnded) break;
        await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 200))]);
      }
      importerCpuSeconds += cpu;
      const [code] = (await exited) as [number | null];
      return code;
    };
    const startMs = Date.now();
    const idleCpu = cpuSeconds(sqld.service.pid);
    for (let kill = 1; kill <= kills; kill += 1) await run((rows * kill) / (kills + 1));
    const code = await run(Number.POSITIVE_INFINITY);
    const seconds = Math.round((Date.now() - startMs) / 1_000);
    if (code !== 0) throw new Error(`The import ended with ${code}: ${lastLine}`);
    return {
      rows,
      bad: Array.from({ length: rows }, (_, index) => index).filter(isBad).length,
      badNamed: readFileSync(badRows, 'utf8').split('\n').length - 1,
      kills,
      seconds,
      importerCpuSeconds: Math.round(importerCpuSeconds),
      sqldCpuSeconds: Math.round(cpuSeconds(sqld.service.pid) - idleCpu),
      quarterMb,
      endMb,
      sqldMb: Math.round(kilobytes(sqld.service.pid, 'VmHWM') / 1024),
      databaseMb: Math.round(statSync(join(dir, 'sqld/db/dbs/default/data')).size / 1e6),
      accounts: await one('select count(*) as n from account'),
      auditRows: await one(`select count(*) as n from audit where action = 'account.imported'`),
      faults:
        (await one(
          `select count(*) as n from account where id not in (select account_id from identifier where kind = 'document_number')`,
        )) +
        (await one(
          `select count(*) as n from (select 1 from identifier where kind = 'document_number' group by "index" having count(*) > 1)`,
        )) +
        (await one(
          'select count(*) as n from account where id not in (select account_id from audit where account_id is not null)',
        )),
      lastLine,
    };
  } finally {
    await sqld.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [rows = 50_000, kills = 3] = process.argv.slice(2).map(Number);
  const report = await importLargeFile(rows, kills);
  console.log(JSON.stringify(report, null, 2));
  const { bad, badNamed, accounts, auditRows, faults } = report;
  const good = rows - bad;
  if (accounts !== good || auditRows !== good || badNamed !== bad || faults > 0) {
    throw new Error('Something is there twice or not at all.');
  }
}

if (import.meta.main) await runCommand(main);
