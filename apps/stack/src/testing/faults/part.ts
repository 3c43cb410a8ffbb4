import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAll, type Checked, readMessages, type Report, type Written } from './check.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { type Random, randomFrom } from './random.ts';
import { openRoom, type Room, type RoomOptions } from './room.ts';

/** What a run was asked for. */
export interface Asked {
  readonly release: string;
  readonly kills: number;
  readonly people: number;
  readonly seed: number;
}

/** What a part found. `counts` are what it did. */
export interface Found {
  readonly counts: Readonly<Record<string, number>>;
  readonly report: Report;
}

/** A fault, under load, and what is to be true afterwards. */
export interface Part {
  readonly id: string;
  readonly title: string;
  run(asked: Asked): Promise<Found>;
}

export const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/** A room with its load, while a part goes on. */
export interface Scene {
  readonly room: Room;
  readonly ledger: Ledger;
  readonly load: Load;
  readonly random: Random;
  /** Remembers the messages that the database has now: a job may delete them before the end. */
  keepMessages: () => Promise<void>;
}

/** How often the jobs of a minute run here. */
const jobsEveryMs = 3_000;
/** Longer than a lease, an undo and the time after which a question is given up. */
const restMs = 100_000;
/** What waits for a vendor is tried again within these. */
const waitsMs = [15 * 60_000, 60 * 60_000, 2 * 60 * 60_000];

/** Runs the jobs of a minute; on a busy machine the Workers may not answer the first time. */
export async function runJobs(room: Room): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    if (await room.runJobs()) return;
    await pause(1_000);
  }
  throw new Error('The jobs do not run.');
}

function startJobs(room: Room, stopping: AbortSignal): Promise<void> {
  return (async () => {
    while (!stopping.aborted) {
      await room.runJobs();
      await pause(jobsEveryMs);
    }
  })();
}

/** Lets everything come to rest, and compares. `except` are checks that do not hold after what was done. */
async function compare(
  room: Room,
  ledger: Ledger,
  {
    clockMs,
    earlier,
    except,
    unknown,
  }: Required<Pick<Worked, 'clockMs' | 'except' | 'unknown'>> & { earlier: readonly Written[] },
): Promise<Report> {
  const rest = async (byMs: number) => {
    await room.setClock(clockMs + byMs, 'everybody');
    for (let runs = 0; runs < 2; runs += 1) await runJobs(room);
    return Date.now() + clockMs + byMs;
  };
  let nowMs = await rest(restMs);
  for (const byMs of waitsMs) {
    const [left] = await room
      .ctx()
      .db.all<{ rows: number }>(
        "select count(*) as rows from outbox where status = 'waiting' and attempts > 0",
      );
    if (left?.rows === 0) break;
    nowMs = await rest(restMs + byMs);
  }
  const { checks, states } = await checkAll(
    room.ctx(),
    ledger,
    {
      phone: room.sandbox.phone.messages().filter(({ id }) => !unknown.has(id)),
      mails: room.sandbox.mail.messages().filter(({ id }) => !unknown.has(id)),
      photos: room.photos(),
      queries: room.sandbox.authority.queries,
    },
    { nowMs, earlier },
  );
  return { states, checks: checks.filter(({ name }) => !except.includes(name)) };
}

/** What the work of a part was. `clockMs` is where it has left the Workers' clock, `more` what it has compared itself. */
interface Worked {
  readonly counts: Record<string, number>;
  readonly clockMs?: number;
  readonly except?: readonly string[];
  readonly more?: readonly Checked[];
  /** Messages outside that the database cannot know, by their ids there. */
  readonly unknown?: ReadonlySet<string>;
}

/**
 * Runs a part in a room of its own: the load, beside it `work`, then rest, and the comparison.
 */
export async function runScene(
  asked: Asked,
  work: (scene: Scene) => Promise<Worked>,
  options: Pick<RoomOptions, 'prepareDatabase'> & { hasJobs?: boolean } = {},
): Promise<Found> {
  const at = mkdtempSync(join(tmpdir(), 'shiming-faults-'));
  const { hasJobs = true, ...of } = options;
  const room = await openRoom({ at, release: asked.release, ...of });
  const ledger = new Ledger();
  const random = randomFrom(asked.seed);
  const load = new Load(room, ledger, randomFrom(asked.seed + 1));
  const stopping = new AbortController();
  try {
    const jobs = hasJobs ? startJobs(room, stopping.signal) : Promise.resolve();
    const earlier = new Map<string, Written>();
    await load.start(asked.people);
    const {
      counts,
      clockMs = 0,
      except = [],
      more = [],
      unknown = new Set<string>(),
    } = await work({
      room,
      ledger,
      load,
      random,
      keepMessages: async () => {
        for (const message of await readMessages(room.ctx())) {
          earlier.set(message.id, message);
        }
      },
    });
    await load.stop();
    stopping.abort();
    await jobs;
    const report = await compare(room, ledger, {
      clockMs,
      earlier: [...earlier.values()],
      except,
      unknown,
    });
    return {
      counts: {
        ...counts,
        calls: load.calls,
        acknowledged: ledger.acknowledged.length,
        unanswered: [...ledger.unanswered.values()].reduce((sum, each) => sum + each, 0),
        messages: room.sandbox.phone.messages().length + room.sandbox.mail.messages().length,
      },
      report: { ...report, checks: [...report.checks, ...more] },
    };
  } finally {
    stopping.abort();
    load.giveUp();
    await room.stop();
    rmSync(at, { recursive: true, force: true });
  }
}
