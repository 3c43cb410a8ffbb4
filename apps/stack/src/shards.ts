import { createHmac } from 'node:crypto';
import type { Database } from '@shiming/db';
import { connect } from '@shiming/db/client';

/**
 * A simulation of accounts over several primaries, as docs/growing.md designs it: the steps of each operation in the order in
 * which they are committed, each a transaction of one server. It is not the product's code, which has one primary.
 */

/** More than servers will ever be: a server has some of them, and growing moves whole ones. */
const buckets = 64;
/** Nobody waits longer than this for the second step of a change. */
const reservedMs = 60_000;
/** A transaction that looked at the clock in time has ended by then. */
const slackMs = 15_000;

type Left = { contact: string; account: string; act: 'keep' | 'drop' | 'release' };

export const tables = [
  // In the bucket of its number. An account's id begins with its bucket, so what holds the id finds its server.
  `create table account (id text primary key, number text not null unique, contact text, version integer not null default 1)`,
  // In the bucket of the contact: whom it opens, and whom it is promised to.
  `create table contact (contact text primary key, account_id text, promised_to text, promised_until_ms integer,
     check (account_id is not null or promised_to is not null))`,
  // Of a change whose last step has not been done: what to finish, in the bucket of the account.
  `create table unfinished (id integer primary key, owner text not null, contact text not null, account text not null, act text not null)`,
  `create table refusal (code text, check (code is null and code is not null))`,
];

export class Refused extends Error {}
/** The process dies between two steps. */
export class Died extends Error {}

const key = 'the index key of the simulation';
/** The blind index of a number or a contact: what a server knows of it. */
export const blindIndex = (text: string) =>
  createHmac('sha256', key).update(text).digest('base64url');
export const bucketOf = (index: string) =>
  Buffer.from(index, 'base64url').readUInt32BE(0) % buckets;
const bucketOfAccount = (id: string) => Number.parseInt(id, 10);

export type Shards = ReturnType<typeof createShards>;

/** A statement that takes back the transaction unless the condition holds. */
const unless = (condition: string) =>
  `insert into refusal select 'x' where (${condition}) is not true`;

/** `dies` is asked before each step but the first, and answers whether the process dies there. */
export function createShards(
  urls: readonly string[],
  options: { now: () => number; newId: () => string; dies: (step: string) => boolean },
) {
  const { now, newId, dies } = options;
  const servers = urls.map((url) => connect({ url }));
  let roundTrips = 0;
  const serverOf = (bucket: number): number => bucket % servers.length;
  const on = (bucket: number): Database => {
    roundTrips += 1;
    return servers[serverOf(bucket)] as Database;
  };
  const step = (name: string) => {
    if (dies(name)) throw new Died(name);
  };
  /** One transaction; refused where a condition does not hold. */
  async function write(bucket: number, statements: readonly string[]): Promise<void> {
    const db = on(bucket);
    const [first = '', ...rest] = statements;
    try {
      await db.batch([db.run(first), ...rest.map((statement) => db.run(statement))]);
    } catch (error) {
      const text =
        JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause);
      if (/CHECK constraint|UNIQUE constraint/.test(text)) throw new Refused();
      throw error;
    }
  }

  /**
   * First step of a change of contact: promises it. What opens another account is promised by that one's leave alone, and
   * what is promised to another is free again when the job has asked that account's server, and not before.
   */
  async function promise(contact: string, id: string, from: string | null): Promise<number> {
    const untilMs = now() + reservedMs;
    const isFree = from === null ? 'account_id is null' : `account_id = '${from}'`;
    await write(bucketOf(contact), [
      unless(
        `not exists (select 1 from contact where contact = '${contact}' and not (${isFree} and coalesce(promised_to, '${id}') = '${id}'))`,
      ),
      ...(from === null
        ? [
            `insert into contact values ('${contact}', null, '${id}', ${untilMs}) on conflict do update set promised_until_ms = ${untilMs}`,
          ]
        : [
            `update contact set promised_to = '${id}', promised_until_ms = ${untilMs} where contact = '${contact}'`,
            "insert into refusal select 'x' where changes() = 0",
          ]),
    ]);
    return untilMs;
  }
  /** Last step: the contact opens the account that it was promised to. */
  const keep = (contact: string, id: string) =>
    write(bucketOf(contact), [
      `update contact set account_id = '${id}', promised_to = null, promised_until_ms = null
         where contact = '${contact}' and promised_to = '${id}'`,
    ]);
  const release = (contact: string, id: string) =>
    write(bucketOf(contact), [
      `delete from contact where contact = '${contact}' and account_id = '${id}'`,
    ]);
  /** The account of before says no more that it has the contact. */
  const drop = (contact: string, id: string) =>
    write(bucketOfAccount(id), [
      `update account set contact = null, version = version + 1 where id = '${id}' and contact = '${contact}'`,
    ]);
  /** Does what a change has left to do; each of it may be done twice. */
  async function finishOne(id: string, { contact, account, act }: Left): Promise<void> {
    if (act === 'keep') await keep(contact, account);
    if (act === 'drop') await drop(contact, account);
    if (act === 'release') {
      const [back] = await on(bucketOfAccount(account)).all(
        `select 1 from account where id = '${account}' and contact = '${contact}'`,
      );
      // It may have come back to the account meanwhile.
      if (back === undefined) await release(contact, account);
    }
    step(act);
    await write(bucketOfAccount(id), [
      `delete from unfinished where owner = '${id}' and contact = '${contact}' and account = '${account}' and act = '${act}'`,
    ]);
  }

  /** Acknowledged with its second step; what is left then is done at once, or else by the job. */
  async function setContact(
    id: string,
    contact: string,
    from: string | null,
    left: readonly Left[],
    statements: readonly string[],
  ) {
    const untilMs = await promise(contact, id, from);
    step('promised');
    await write(bucketOfAccount(id), [
      // A promise that has lapsed may be somebody else's by now.
      unless(`${now()} < ${untilMs}`),
      ...statements,
      ...left.map(
        (each) =>
          `insert into unfinished (owner, contact, account, act) values ('${id}', '${each.contact}', '${each.account}', '${each.act}')`,
      ),
    ]);
    try {
      for (const each of left) await finishOne(id, each);
    } catch {
      // The job does the rest.
    }
  }

  return {
    serverOf,
    serverOfAccount: (id: string) => serverOf(bucketOfAccount(id)),
    roundTrips: () => roundTrips,

    /** A number has one bucket, so its unique index is the check for duplicates over all servers. */
    async register(number: string, contact: string): Promise<string> {
      const index = blindIndex(number);
      const id = `${bucketOf(index)}.${newId()}`;
      await setContact(
        id,
        contact,
        null,
        [{ contact, account: id, act: 'keep' }],
        [`insert into account (id, number, contact) values ('${id}', '${index}', '${contact}')`],
      );
      return id;
    },

    /** `from` is the account that the contact opens now, whose holder has given it up by proving it for this one; or `null`. */
    async changeContact(
      id: string,
      former: string | null,
      contact: string,
      from: string | null = null,
    ): Promise<void> {
      await setContact(
        id,
        contact,
        from,
        [
          { contact, account: id, act: 'keep' },
          ...(from === null ? [] : [{ contact, account: from, act: 'drop' as const }]),
          ...(former === null ? [] : [{ contact: former, account: id, act: 'release' as const }]),
        ],
        [
          unless(
            `exists (select 1 from account where id = '${id}' and contact is ${former === null ? 'null' : `'${former}'`})`,
          ),
          `update account set contact = '${contact}', version = version + 1 where id = '${id}'`,
        ],
      );
    },

    async signInByNumber(number: string): Promise<string | null> {
      const index = blindIndex(number);
      const [row] = await on(bucketOf(index)).all<{ id: string }>(
        `select id from account where number = '${index}'`,
      );
      return row?.id ?? null;
    },

    /** The account that a contact opens: a promise opens nothing, and the account has to say the same. */
    async signInByContact(contact: string): Promise<string | null> {
      const [row] = await on(bucketOf(contact)).all<{ id: string | null }>(
        `select coalesce(account_id, promised_to) as id from contact where contact = '${contact}'`,
      );
      if (row?.id === null || row === undefined) return null;
      const [account] = await on(bucketOfAccount(row.id)).all<{ id: string }>(
        `select id from account where id = '${row.id}' and contact = '${contact}'`,
      );
      return account?.id ?? null;
    },

    /** The job of every minute: finishes what was acknowledged, and forgets promises that came to nothing. Returns how many. */
    async finish(): Promise<number> {
      let count = 0;
      for (const db of servers) {
        const rows = await db.all<Left & { owner: string }>(
          'select owner, contact, account, act from unfinished order by id',
        );
        for (const row of rows) {
          await finishOne(row.owner, row);
          count += 1;
        }
      }
      for (const db of servers) {
        const lapsed = await db.all<{ contact: string; id: string }>(
          `select contact, promised_to as id from contact where promised_until_ms + ${slackMs} < ${now()}`,
        );
        for (const { contact, id } of lapsed) {
          const [kept] = await on(bucketOfAccount(id)).all(
            `select 1 from account where id = '${id}' and contact = '${contact}'`,
          );
          if (kept !== undefined) continue;
          const isIt = `where contact = '${contact}' and promised_to = '${id}'`;
          await write(bucketOf(contact), [
            `delete from contact ${isIt} and account_id is null`,
            `update contact set promised_to = null, promised_until_ms = null ${isIt}`,
          ]);
          count += 1;
        }
      }
      return count;
    },

    /** Everything that the servers hold, for whoever checks them. */
    async all<Row>(query: string): Promise<Row[]> {
      const lists = await Promise.all(servers.map((db) => db.all<Row>(query)));
      return lists.flat();
    },
  };
}
