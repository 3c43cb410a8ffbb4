import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How long workerd may tidy up after requests, on their account. */
const settleMs = 5;

/** What each thread of a process had spent when it was last looked at: those that have ended since are in no list. */
const spentBy = new Map<number, Map<string, number>>();

/** Nanoseconds of CPU that all threads of a process have spent. */
export function cpuNs(pid: number): number {
  if (process.platform === 'linux') {
    const spent = spentBy.get(pid) ?? new Map<string, number>();
    spentBy.set(pid, spent);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      try {
        const [ns] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
        spent.set(task, Number(ns));
      } catch {
        // The thread has ended meanwhile.
      }
    }
    return [...spent.values()].reduce((sum, ns) => sum + ns, 0);
  }
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1e9;
}

/** Bytes that a process has read, from its files and from those who ask it; `null` where the system does not count them. */
function bytesRead(pid: number): number | null {
  try {
    return Number(/^rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

export const residentMib = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A median of rounds with the least and the most of them. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** What is measured: calls of one kind that are answered by one workerd and one database. */
export interface Contestant {
  readonly name: string;
  readonly workerd: number;
  /** The process of its database; `null` for work that asks none. */
  readonly sqld: number | null;
  /** How many rows its database has looked at since the start, where it says so. */
  readonly rowsRead?: () => number;
  /** How many rounds count as one, where there are few to prepare at once. */
  readonly repeats?: number;
  /** Prepares a round, which is not measured. Returns the round, which returns how many milliseconds each call took. */
  readonly prepare: () => Promise<() => Promise<readonly number[]>>;
}

/** One contestant's rounds of a case. */
export interface Measured {
  readonly name: string;
  readonly perSecond: Spread;
  readonly callMs: Spread;
  /** Microseconds of CPU a call. */
  readonly workerdUs: Spread;
  readonly sqldUs: Spread | null;
  /** Kibibytes that sqld read a call, and rows that it looked at. */
  readonly sqldKib: Spread | null;
  readonly rows: Spread | null;
  readonly calls: number;
}

/** What one round of a contestant has taken, a call. */
interface Round {
  readonly calls: number;
  readonly perSecond: number;
  readonly callMs: number;
  readonly workerdUs: number;
  readonly sqldUs: number | null;
  readonly sqldKib: number | null;
  readonly rows: number | null;
}

async function roundOf(contestant: Contestant): Promise<Round> {
  const { workerd, sqld, repeats = 1, rowsRead, prepare } = contestant;
  const times: number[] = [];
  const look = () => ({
    ms: performance.now(),
    workerdNs: cpuNs(workerd),
    sqldNs: sqld === null ? 0 : cpuNs(sqld),
    bytes: sqld === null ? null : bytesRead(sqld),
    rows: rowsRead?.() ?? null,
  });
  const spent = { ms: 0, workerdNs: 0, sqldNs: 0, bytes: 0, rows: 0 };
  let counts = look();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const run = await prepare();
    await pause(settleMs);
    counts = look();
    const startMs = performance.now();
    times.push(...(await run()));
    spent.ms += performance.now() - startMs;
    await pause(settleMs);
    const after = look();
    spent.workerdNs += after.workerdNs - counts.workerdNs;
    spent.sqldNs += after.sqldNs - counts.sqldNs;
    spent.bytes += (after.bytes ?? 0) - (counts.bytes ?? 0);
    spent.rows += (after.rows ?? 0) - (counts.rows ?? 0);
  }
  const calls = times.length;
  return {
    calls,
    perSecond: (calls * 1000) / spent.ms,
    callMs: median(times),
    workerdUs: spent.workerdNs / 1000 / calls,
    sqldUs: sqld === null ? null : spent.sqldNs / 1000 / calls,
    sqldKib: counts.bytes === null ? null : spent.bytes / 1024 / calls,
    rows: counts.rows === null ? null : spent.rows / calls,
  };
}

/** Measures the contestants by turns, so that whatever else the machine does falls on each of them. */
export async function byTurns(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Measured[]> {
  const seen = contestants.map((): Round[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const measured = await roundOf(contestant);
      // The first round warms up.
      if (round > 0) seen[index]?.push(measured);
    }
  }
  return contestants.map(({ name }, index) => {
    const of = seen[index] ?? [];
    const spread = (read: (round: Round) => number | null) => {
      const values = of.map(read).filter((value) => value !== null);
      return values.length === 0 ? null : spreadOf(values);
    };
    return {
      name,
      perSecond: spreadOf(of.map(({ perSecond }) => perSecond)),
      callMs: spreadOf(of.map(({ callMs }) => callMs)),
      workerdUs: spreadOf(of.map(({ workerdUs }) => workerdUs)),
      sqldUs: spread(({ sqldUs }) => sqldUs),
      sqldKib: spread(({ sqldKib }) => sqldKib),
      rows: spread(({ rows }) => rows),
      calls: of.reduce((sum, { calls }) => sum + calls, 0),
    };
  });
}
