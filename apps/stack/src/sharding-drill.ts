import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import { runCommand } from './lifetime.ts';
import { blindIndex, bucketOf, createShards, Died, Refused, tables } from './shards.ts';
import { startSqld } from './sqld.ts';

const servers = 3;

/** Draws that are the same in each run with a seed (mulberry32). */
function drawsOf(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const repeated = (list: readonly string[]) => list.length - new Set(list).size;

type Known = { id: string; number: string; contact: string | null };

export type ShardingReport = {
  accounts: number[];
  /** Of each kind, what was acknowledged, refused, broken off by a death of the process, or not answered. */
  outcomes: Record<string, Record<string, number>>;
  /** Round trips of one operation when nothing goes wrong. */
  roundTrips: Record<string, number>;
  /** While a server is away: of the sign-ins by number and by contact, those that were answered. */
  away: { byNumber: string; byContact: string };
  finished: number;
  /** What must hold, and how often it does not. */
  violations: Record<string, number>;
};

/**
 * Runs registrations, changes and moves of contacts on three servers, in an order that the seed decides, with the process dying
 * between steps and a server that is away for a third of the time; then checks what all servers hold.
 */
export async function simulate(seed: number, operations: number): Promise<ShardingReport> {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-shards-'));
  const draw = drawsOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const start = (at: number, port = 0) => startSqld({ dir: join(dir, `s${at}`), port });
  const running = [await start(0), await start(1), await start(2)];
  try {
    for (const { url } of running) {
      const db = connect({ url });
      for (const table of tables) await db.run(table);
    }
    let nowMs = 1_800_000_000_000;
    let ids = 0;
    let isDeadly = false;
    const shards = createShards(
      running.map(({ url }) => url),
      {
        now: () => nowMs,
        newId: () => String((ids += 1)),
        dies: () => isDeadly && draw() < 0.1,
      },
    );

    const known: Known[] = [];
    const outcomes: ShardingReport['outcomes'] = {};
    const roundTrips: Record<string, number> = {};
    const violations: Record<string, number> = {};
    const violated = (what: string, count = 1) => {
      violations[what] = (violations[what] ?? 0) + count;
    };
    const attempt = async (kind: string, work: () => Promise<void>) => {
      const before = shards.roundTrips();
      const outcome = await work().then(
        () => 'done',
        (error: unknown) =>
          error instanceof Refused ? 'refused' : error instanceof Died ? 'died' : 'unanswered',
      );
      const counts = (outcomes[kind] ??= {});
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (outcome === 'done' && !isDeadly)
        roundTrips[kind] = Math.max(roundTrips[kind] ?? 0, shards.roundTrips() - before);
      return outcome;
    };
    /** Contacts whose change may have been acknowledged or not: the process died, or no answer came. */
    const unsure = new Set<Known>();

    const newContact = () =>
      blindIndex(`contact ${draw() < 0.2 ? Math.floor(draw() * 20) : `n${(ids += 1)}`}`);
    const acts: Record<string, () => Promise<unknown>> = {
      register: async () => {
        const number = `number ${draw() < 0.2 ? Math.floor(draw() * 40) : `n${(ids += 1)}`}`;
        const contact = newContact();
        return attempt('register', async () => {
          const id = await shards.register(number, contact);
          known.push({ id, number, contact });
        });
      },
      change: async () => {
        if (known.length === 0) return;
        const person = pick(known);
        const contact = newContact();
        const outcome = await attempt('change', async () => {
          await shards.changeContact(person.id, person.contact, contact);
          person.contact = contact;
        });
        if (outcome === 'unanswered') unsure.add(person);
      },
      move: async () => {
        const holders = known.filter((each) => each.contact !== null && !unsure.has(each));
        if (holders.length < 2) return;
        const from = pick(holders);
        const to = pick(holders);
        const { contact } = from;
        if (from === to || contact === null) return;
        const outcome = await attempt('move', async () => {
          await shards.changeContact(to.id, to.contact, contact, from.id);
          to.contact = contact;
          from.contact = null;
        });
        if (outcome === 'unanswered') for (const each of [from, to]) unsure.add(each);
      },
    };
    const kinds = ['register', 'register', 'register', 'change', 'move'] as const;
    const run = async (count: number) => {
      for (let done = 0; done < count; done += 1) {
        nowMs += 1_000;
        await acts[pick(kinds)]?.();
      }
    };
    /** How many of a draw of people get in, of how many. */
    const signIns = async () => {
      const people = Array.from({ length: 40 }, () => pick(known));
      let number = 0;
      let contact = 0;
      let contacts = 0;
      for (const person of people) {
        number += await shards.signInByNumber(person.number).then(
          (id) => (id === null ? 0 : 1),
          () => 0,
        );
        if (person.contact === null) continue;
        contacts += 1;
        contact += await shards.signInByContact(person.contact).then(
          (id) => (id === null ? 0 : 1),
          () => 0,
        );
      }
      return { byNumber: `${number} of ${people.length}`, byContact: `${contact} of ${contacts}` };
    };

    const third = Math.ceil(operations / 3);
    await run(third);
    isDeadly = true;
    await run(third);
    const lost = running[1];
    await lost?.service.stop(0);
    await run(third);
    const away = await signIns();
    running[1] = await start(1, lost?.port);

    isDeadly = false;
    nowMs += 3_600_000;
    let finished = 0;
    for (let round = 0; round < 3; round += 1) finished += await shards.finish();

    // What all servers hold together.
    const accounts = await shards.all<{ id: string; number: string; contact: string | null }>(
      'select id, number, contact from account',
    );
    const contacts = await shards.all<{
      contact: string;
      id: string | null;
      promised: string | null;
    }>('select contact, account_id as id, promised_to as promised from contact');
    violated('a number opens two accounts', repeated(accounts.map(({ number }) => number)));
    violated(
      'a contact stands at two accounts',
      repeated(accounts.flatMap(({ contact }) => (contact === null ? [] : [contact]))),
    );
    violated(
      'an account whose contact does not open it',
      accounts.filter(
        ({ id, contact }) =>
          contact !== null && !contacts.some((each) => each.contact === contact && each.id === id),
      ).length,
    );
    violated(
      'a contact that opens an account which does not say so',
      contacts.filter(
        ({ contact, id }) => !accounts.some((each) => each.id === id && each.contact === contact),
      ).length,
    );
    violated('a promise that is left', contacts.filter(({ promised }) => promised !== null).length);
    violated(
      'an account on the wrong server',
      accounts.filter(({ id, number }) => Number.parseInt(id, 10) !== bucketOf(number)).length,
    );
    for (const person of known) {
      if ((await shards.signInByNumber(person.number)) !== person.id) {
        violated('a registration that was acknowledged is gone');
      }
      if (unsure.has(person) || person.contact === null) continue;
      if ((await shards.signInByContact(person.contact)) !== person.id) {
        violated('a contact that was acknowledged does not open its account');
      }
    }
    const perServer = Array.from(
      { length: servers },
      (_, at) => accounts.filter(({ id }) => shards.serverOfAccount(id) === at).length,
    );
    return { accounts: perServer, outcomes, roundTrips, away, finished, violations };
  } finally {
    for (const sqld of running) await sqld.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [seed = 1, operations = 300] = process.argv.slice(2).map(Number);
  const report = await simulate(seed, operations);
  console.log(JSON.stringify(report, null, 2));
  const broken = Object.entries(report.violations).filter(([, count]) => count > 0);
  if (broken.length > 0)
    throw new Error(`Does not hold: ${broken.map(([what]) => what).join('; ')}`);
}

if (import.meta.main) await runCommand(main);
