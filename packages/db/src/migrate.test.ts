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
