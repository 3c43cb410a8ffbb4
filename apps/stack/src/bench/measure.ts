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
  readonly calls: number;
}

/** Measures the contestants by turns, so that whatever else the machine does falls on each of them. */
export async function byTurns(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Measured[]> {
  const seen = contestants.map(() => ({
    perSecond: [] as number[],
    callMs: [] as number[],
    workerdUs: [] as number[],
    sqldUs: [] as number[],
    calls: 0,
  }));
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { workerd, sqld, repeats = 1, prepare }] of contestants.entries()) {
      const times: number[] = [];
      let [tookMs, workerdNs, sqldNs] = [0, 0, 0];
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const run = await prepare();
        await pause(settleMs);
        const before = [cpuNs(workerd), sqld === null ? 0 : cpuNs(sqld)] as const;
        const startMs = performance.now();
        times.push(...(await run()));
        tookMs += performance.now() - startMs;
        await pause(settleMs);
        workerdNs += cpuNs(workerd) - before[0];
        if (sqld !== null) sqldNs += cpuNs(sqld) - before[1];
      }
      const of = seen[index];
      if (round === 0 || of === undefined) continue;
      const { length } = times;
      of.calls += length;
      of.perSecond.push((length * 1000) / tookMs);
      of.callMs.push(median(times));
      of.workerdUs.push(workerdNs / 1000 / length);
      of.sqldUs.push(sqldNs / 1000 / length);
    }
  }
  return contestants.map(({ name, sqld }, index) => {
    const { perSecond, callMs, workerdUs, sqldUs, calls = 0 } = seen[index] ?? {};
    return {
      name,
      perSecond: spreadOf(perSecond ?? []),
      callMs: spreadOf(callMs ?? []),
      workerdUs: spreadOf(workerdUs ?? []),
      sqldUs: sqld === null ? null : spreadOf(sqldUs ?? []),
      calls,
    };
  });
}
