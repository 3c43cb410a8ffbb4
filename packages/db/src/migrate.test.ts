import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { migrate, migrations } from './migrate.ts';
import {
  createTestDatabase,
  migrationsUpTo,
  releasedTemplate,
  type TestDatabase,
} from './testing.ts';

let database: TestDatabase | null = null;
afterEach(() => database?.remove());

const schemaOf = (of: TestDatabase) =>
  of.connect().all(sql`select name, sql from sqlite_schema order by name`);

test('a migration that is broken off leaves the database as it was, and the whole one is applied later', async () => {
  const journal = await readFile(join(migrations, 'meta/_journal.json'), 'utf8');
  const { length } = (JSON.parse(journal) as { entries: unknown[] }).entries;
  database = await createTestDatabase(await releasedTemplate(length - 1, ''));
  const before = await schemaOf(database);
  const broken = await migrationsUpTo(
    length,
    (statements) => `${statements}\n--> statement-breakpoint\ninsert into "nowhere" values (1);`,
  );
  await expect(migrate(database.url, undefined, broken)).rejects.toThrow('nowhere');
  await rm(broken, { recursive: true, force: true });
  expect(await schemaOf(database)).toEqual(before);

  await migrate(database.url);
  const whole = await createTestDatabase();
  expect(await schemaOf(database)).toEqual(await schemaOf(whole));
  await whole.remove();
});

/** Of the release of 2026-11-30, whose rows no other test has: those before it are in the services' test of a release. */
const releasedMigrations = 20;

test('whatever stands in a table goes through every migration since, from whichever release, with its values', async () => {
  const journal = await readFile(join(migrations, 'meta/_journal.json'), 'utf8');
  const { entries } = JSON.parse(journal) as { entries: { tag: string }[] };
  database = await createTestDatabase(await releasedTemplate(releasedMigrations, ''));
  const db = database.connect();
  const kept = new Map<string, Record<string, unknown>>();
  /** Puts a row with a value of its own in each column into every table that has none. */
  const fill = async () => {
    await db.run(sql`pragma foreign_keys = off`);
    const tables = await db.all<{ name: string }>(
      sql`select name from sqlite_schema where type = 'table' and name <> 'refusal' and name not glob '__*' and name not glob 'sqlite*'`,
    );
    for (const { name } of tables.filter((table) => !kept.has(table.name))) {
      const columns = await db.all<{ column: string; type: string; of: string | null }>(
        sql`select name as "column", type, (select "table" || '.' || "to" from pragma_foreign_key_list(${name}) where "from" = name) as "of" from pragma_table_info(${name})`,
      );
      const row = Object.fromEntries(
        columns.map(({ column, type, of }) => [
          column,
          // Text is JSON, as it has to be in some columns; an account is the one that is there, declared or not.
          /^int/i.test(type)
            ? kept.size
            : JSON.stringify(of ?? (column === 'account_id' ? 'account.id' : `${name}.${column}`)),
        ]),
      );
      const [names, values] = [
        Object.keys(row).map((column) => sql.identifier(column)),
        Object.values(row).map((value) => sql`${value}`),
      ].map((each) => sql.join(each, sql`, `));
      await db.run(sql`insert into ${sql.identifier(name)} (${names}) values (${values})`);
      kept.set(name, row);
    }
    await db.run(sql`pragma foreign_keys = on`);
  };
  await fill();
  for (const { tag } of entries.slice(releasedMigrations)) {
    const statements = await readFile(join(migrations, `${tag}.sql`), 'utf8');
    for (const statement of statements.split('--> statement-breakpoint')) {
      await db.run(sql.raw(statement));
    }
    await fill();
  }
  expect(kept.size).toBeGreaterThan(40);
  for (const [name, row] of kept) {
    const rows = await db.all(sql`select * from ${sql.identifier(name)}`);
    expect([name, rows]).toMatchObject([name, [row]]);
  }
});

test('T-REG-13a: of the accounts of the last release, those count a mobile as proved whose holder proved it', async () => {
  type Event = [atMs: number, action: string, facts?: { kind: string }];
  const mobile = { kind: 'mobile' };
  const accounts: [
    name: string,
    boundAtMs: number | null,
    provedAtMs: number | null,
    ...Event[],
  ][] = [
    ['by code', null, 10],
    ['by code, bound', 20, 10, [20, 'wechat.bound']],
    [
      'by code, bound twice',
      40,
      10,
      [20, 'wechat.bound'],
      [30, 'wechat.unbound'],
      [40, 'wechat.bound'],
    ],
    ['by WeChat', 10, null],
    ['by WeChat, unbound', null, null, [20, 'wechat.unbound']],
    ['by WeChat, bound again', 30, null, [20, 'wechat.unbound'], [30, 'wechat.bound']],
    ['by WeChat, restored, bound again', 30, null, [20, 'contact.restored'], [30, 'wechat.bound']],
    ['by WeChat, changed', 10, 20, [20, 'contact.changed', mobile]],
    [
      'by WeChat, changed, taken back',
      10,
      null,
      [20, 'contact.changed', mobile],
      [30, 'contact.restored'],
    ],
    [
      'changed, taken back, changed',
      null,
      40,
      [20, 'contact.changed', mobile],
      [30, 'contact.restored'],
      [40, 'contact.changed', mobile],
    ],
    ['changed, taken back', null, 10, [20, 'contact.changed', mobile], [30, 'contact.restored']],
  ];
  const rows = accounts.flatMap(([id, boundAtMs, , ...events]) => [
    `insert into account (id, document_type, number_index, identity_sealed, contact_sealed, password_hash, created_at_ms, key_id) values ('${id}', 'passport', '${id}', 'v1.x', 'v1.x', 'x', 10, 'v1');`,
    ...(boundAtMs === null
      ? []
      : [`insert into wechat_binding values ('${id}', '${id}', 'v1.x', ${boundAtMs}, 'v1');`]),
    ...events.map(
      ([atMs, action, facts = {}]) =>
        `insert into audit values ('${id} ${atMs}', ${atMs}, 'anonymous', '${action}', '${id}', 'r', '${JSON.stringify(facts)}', null);`,
    ),
  ]);
  database = await createTestDatabase(await releasedTemplate(18, rows.join('\n')));
  await migrate(database.url);
  const proved = await database
    .connect()
    .all(sql`select account_id as id, proved_at_ms as at from identifier where kind = 'mobile'`);
  expect(
    Object.fromEntries(
      (proved as { id: string; at: number | null }[]).map(({ id, at }) => [id, at]),
    ),
  ).toEqual(Object.fromEntries(accounts.map(([id, , provedAtMs]) => [id, provedAtMs])));
});

test('services are told after an update what they were told before, and consents say it', async () => {
  const registration = { redirectUris: ['https://service.example.cn/'], jwks: { keys: [] } };
  const services = ['certification', 'satisfaction'];
  const rows = [
    `insert into account (id, document_type, password_hash, created_at_ms, key_id, portal) values ('a', 'passport', 'x', 10, 'v1', 'teacher');`,
    `insert into consent (id, account_id, kind, portal, purpose, receiver, version, given_at_ms) values ('number', 'a', 'document_number', 'teacher', 'real_name_check', 'identity_authority', '1', 1);`,
    ...services.flatMap((id) => [
      `insert into service_client (id, portal, service, registration, created_at_ms, version) values ('${id}', 'teacher', '${id}', '${JSON.stringify(registration)}', 1, 4);`,
      `insert into consent (id, account_id, kind, portal, purpose, receiver, version, given_at_ms) values ('${id}', 'a', 'service', 'teacher', 'enter_service', '${id}', '1', 1);`,
    ]),
  ];
  database = await createTestDatabase(await releasedTemplate(47, rows.join('\n')));
  await migrate(database.url);
  const db = database.connect();
  const clients = await db.all(
    sql`select id, registration, version from service_client order by id`,
  );
  const added = { jwksUri: null, backchannelLogoutUri: null, eventsUri: null, optional: [] };
  expect(
    (clients as { registration: string }[]).map((row) => ({
      ...row,
      registration: JSON.parse(row.registration) as object,
    })),
  ).toEqual(
    services.map((id) => ({
      id,
      version: 4,
      registration: {
        ...registration,
        ...added,
        required: id === 'satisfaction' ? [] : ['name', 'document'],
      },
    })),
  );
  expect(await db.all(sql`select id, fields from consent order by id`)).toEqual([
    { id: 'certification', fields: '["name","document"]' },
    { id: 'number', fields: null },
    { id: 'satisfaction', fields: '[]' },
  ]);
});
