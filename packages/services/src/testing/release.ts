import { readFile } from 'node:fs/promises';
import { createTestDatabase, releasedTemplate } from '@shiming/db/testing';
import { migrate } from '@shiming/db/migrate';
import type { Keys, NamedKey } from '../context.ts';
import { createTestWorld, noonMs, type TestWorld } from './world.ts';

type Listed = [{ id: string; key: string }, ...{ id: string; key: string }[]];
type Release = {
  nowMs: number;
  keys: Record<keyof Keys, Listed>;
  /** Ids of accounts, cookies, codes and links of the people in it, by what they were doing. */
  facts: Record<string, string>;
  objects: Record<string, string>;
};

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const read = (name: string) => readFile(new URL(`./release/${name}`, import.meta.url), 'utf8');

const keyOf = ({ id, key }: { id: string; key: string }): NamedKey => ({ id, key: bytes(key) });
const keysOf = ([first, ...former]: Listed): [NamedKey, ...NamedKey[]] => [
  keyOf(first),
  ...former.map(keyOf),
];

/**
 * The migrations of the release of 2026-11-29 whose code wrote `rows.sql`: every kind of row, about
 * citizens of the sandbox, under keys made for it, half of them changed.
 */
const releaseMigrations = 13;
let template: Promise<Uint8Array> | null = null;

/** The services on that database with all migrations, a second after its last row was written. */
export async function createReleasedWorld(): Promise<
  TestWorld & { facts: (name: string) => string }
> {
  const release = JSON.parse(await read('release.json')) as Release;
  const keys: Keys = {
    vault: keysOf(release.keys.vault),
    index: keysOf(release.keys.index),
    token: keysOf(release.keys.token),
    audit: keysOf(release.keys.audit),
  };
  template ??= read('rows.sql').then((rows) => releasedTemplate(releaseMigrations, rows));
  const database = await createTestDatabase(await template);
  await migrate(database.url);
  const world = await createTestWorld({ database, keys, argon2: {} });
  world.advance(release.nowMs - noonMs + 1_000);
  for (const [id, text] of Object.entries(release.objects))
    world.bucket.objects.set(id, bytes(text));
  const facts = (name: string) => {
    const fact = release.facts[name];
    if (fact === undefined) throw new Error(`the release has no ${name}`);
    return fact;
  };
  return { ...world, facts };
}
