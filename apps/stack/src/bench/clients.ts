import { join } from 'node:path';
import { root } from '../paths.ts';
import { text } from './bundle.ts';
import { contestant, steadyMs } from './cases.ts';
import { again, type Call, load } from './load.ts';
import { byTurns, type Measured } from './measure.ts';
import { partOf } from './part.ts';
import { startClients } from './parties.ts';
import { measureTable } from './report.ts';

const db = join(root, 'packages/db/src');

/** A handler with each client of libSQL, on the tables of the product: a select, and a batch that writes a row. */
export const clientsSource = `
import { createClient } from '@libsql/client/web';
import { connect } from '@tursodatabase/serverless';
import { createHranaDriver } from ${text(join(db, 'hrana.ts'))};
import { createStreams } from ${text(join(db, 'streams.ts'))};
const select = 'select id, portal, status, version from account where id = ?';
const insert = 'insert into puzzle (id, purpose, device_id, x, width, expires_at_ms) values (?, ?, ?, ?, ?, ?)';
const streams = createStreams();
let libsql;
const row = () => [crypto.randomUUID(), 'login', 'bench', 1, 320, Date.now() + 3600000];
const own = (url, keeping) => createHranaDriver({ url }, { roundTrips: 0, rowsRead: 0 }, keeping);
const clients = {
  own: (url, execution) => own(url, { streams, defer: (work) => execution.waitUntil(work()) }),
  'own-new': (url) => own(url),
  libsql: (url) => (libsql ??= createClient({ url })),
};
const turso = {
  read: async (connection) => (await connection.prepare(select)).all(['none']),
  write: (connection) => connection.batch([{ sql: insert, args: row() }], 'immediate'),
};
export default {
  async fetch(request, { DATABASE_URL: url }, execution) {
    const [, name, work] = new URL(request.url).pathname.split('/');
    if (name === 'healthz') return Response.json({ ok: true });
    if (name === 'turso') {
      const connection = connect({ url });
      const answer = await turso[work](connection);
      await connection.close();
      return Response.json(answer);
    }
    const client = clients[name](url, execution);
    const answer = work === 'read'
      ? (await client.execute({ sql: select, args: ['none'] })).rows
      : await client.batch([{ sql: insert, args: row() }], 'write');
    return Response.json(answer.length);
  },
};`;

/** More at once than the server has connections are refused, which only our client tries again. */
const atOnce = 2;

const names = {
  libsql: '@libsql/client',
  turso: '@tursodatabase/serverless',
  'own-new': 'ours, a stream for each request',
  own: 'ours, kept streams',
};

interface ClientsResult {
  readonly title: string;
  readonly measured: readonly Measured[];
}

/** Our client of the database against those that there are. */
export const clientsPart = partOf<readonly ClientsResult[]>({
  id: 'clients',
  title: 'Clients of the database',
  isUsual: false,
  async measure(context) {
    const party = await startClients(join(context.dir, 'clients'), context.stops, clientsSource);
    const results: ClientsResult[] = [];
    for (const [title, first, ...more] of [
      ['A select', 'read'],
      ['A batch that writes a row', 'write'],
      ['One after the other of both', 'read', 'write'],
    ] as const) {
      context.say(`${title} …`);
      const contestants = Object.entries(names).map(([name, label]) => {
        const call = (work: string): Call => ({ path: `/${name}/${work}` });
        return contestant(label, party, async () => () => {
          const calls = again(call(first), ...more.map(call));
          return load(party.port, atOnce, calls, steadyMs);
        });
      });
      results.push({ title, measured: await byTurns(contestants, context.rounds) });
    }
    return results;
  },
  render: (results) =>
    `A handler with one call of the client, ${atOnce} at once, on a database with the tables of the product. @tursodatabase/serverless
keeps its stream until it is closed by a request of its own, which counts.

${measureTable(results)}`,
});
