/** The table that the floor reads and writes. */
export const floorTables = [
  'create table note (id text primary key, owner text not null, value text not null, at_ms integer not null)',
  'create index note_owner on note (owner)',
  `insert into note values ('1', 'a', '${'x'.repeat(200)}', 1)`,
];

/** The least that any Worker does: a handler with libSQL's own client, and a handler with the bucket. */
export const floorSource = `
import { createClient } from '@libsql/client/web';
let db;
const insert = 'insert into note (id, owner, value, at_ms) values (?, ?, ?, ?)';
/* What the database is too busy for is tried again. */
let retries = 0;
async function again(work) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 10) throw error;
      retries += 1;
      await scheduler.wait(5 * 2 ** Math.min(attempt, 5));
    }
  }
}
const works = {
  '/retries': () => retries,
  '/healthz': () => ({ ok: true }),
  '/read': async () => {
    const { rows } = await db.execute({ sql: 'select id, owner, value, at_ms from note where id = ?', args: ['1'] });
    return rows[0];
  },
  '/write': async () => {
    const id = crypto.randomUUID();
    await db.batch([{ sql: insert, args: [id, id, 'x'.repeat(200), Date.now()] }], 'write');
    return { id };
  },
  '/photo-up': async (request, env) => {
    const id = crypto.randomUUID();
    await env.PHOTOS.put(id, await request.arrayBuffer());
    return { id };
  },
  '/photo-down': async (request, env) => {
    const found = await env.PHOTOS.get('floor');
    return new Response(await found.arrayBuffer(), { headers: { 'content-type': 'image/jpeg' } });
  },
};
export default {
  async fetch(request, env) {
    db ??= createClient({ url: env.DATABASE_URL });
    const answer = await again(() => works[new URL(request.url).pathname](request, env));
    return answer instanceof Response ? answer : Response.json(answer);
  },
};`;
