import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@shiming/db/client';
import { afterAll, expect, test } from 'vitest';
import { makeSettings, secretNames } from './release-settings.ts';
import { startSqld } from './sqld.ts';

const dir = mkdtempSync(join(tmpdir(), 'shiming-settings-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a machine room gets its settings, keys and the access to its database, and a second time nothing is changed', async () => {
  const folder = join(dir, 'etc');
  const { made, missing } = makeSettings(folder);
  const secrets = join(folder, 'secrets');
  const token = readFileSync(join(secrets, 'DATABASE_AUTH_TOKEN'), 'utf8');
  expect(made).toContain('settings.env');
  // Each secret of the Worker is made or named, and nobody else on the machine reads one.
  const known = [...readdirSync(secrets), ...missing.map(([name]) => name)];
  expect(known.toSorted()).toEqual(
    [...secretNames().map(([name]) => name), 'S3_SECRET_ACCESS_KEY'].toSorted(),
  );
  for (const name of readdirSync(secrets)) {
    expect(statSync(join(secrets, name)).mode & 0o077).toBe(0);
  }
  // A line of the file is empty, a comment, or a setting.
  const lines = readFileSync(join(folder, 'settings.env'), 'utf8').split('\n');
  expect(lines.filter((line) => !/^(?:#.*|[A-Z][A-Z\d_]+="[^"]*"|)$/.test(line))).toEqual([]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'ENVIRONMENT="production"',
      'CLIENT_ADDRESS_HEADER="x-real-ip"',
      'S3_BUCKET_URL=""',
    ]),
  );

  writeFileSync(join(secrets, 'SMTP_PASSWORD'), 'of the mail server');
  const again = makeSettings(folder);
  expect(again.made).toEqual([]);
  expect(again.missing).toEqual(missing.filter(([name]) => name !== 'SMTP_PASSWORD'));
  expect(readFileSync(join(secrets, 'DATABASE_AUTH_TOKEN'), 'utf8')).toBe(token);

  // The database takes that token alone.
  const sqld = await startSqld({
    dir: join(dir, 'sqld'),
    args: [`--auth-jwt-key-file=${join(folder, 'database.pub')}`],
  });
  try {
    const asked = (authToken: string | undefined) =>
      connect({ url: sqld.url, authToken }).all<{ n: number }>('select 1 as n');
    expect(await asked(token)).toEqual([{ n: 1 }]);
    const foreign = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`;
    await expect(asked(foreign)).rejects.toThrow('Failed query');
    await expect(asked(undefined)).rejects.toThrow('Failed query');
  } finally {
    await sqld.stop();
  }
});

test('beside a token that came from elsewhere no other key of the database is made', () => {
  const folder = join(dir, 'etc-of-another-database');
  mkdirSync(join(folder, 'secrets'), { recursive: true });
  writeFileSync(join(folder, 'secrets/DATABASE_AUTH_TOKEN'), 'of another database');
  const { made } = makeSettings(folder);
  expect(made).toContain('secrets/VAULT_KEYS');
  expect(made).not.toContain('database.pub');
});
