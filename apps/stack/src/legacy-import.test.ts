import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountTable, auditTable } from '@shiming/db';
import { checkCharacter, legacyColumns, teacherPortal } from '@shiming/domain';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { withoutDatabase } from '@shiming/services/testing/outside-down';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importLegacyFile } from './legacy-import.ts';

let dir: string;
let world: TestWorld;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-import-'));
  world = await createTestWorld();
});
afterEach(async () => {
  await world.close();
  await rm(dir, { recursive: true, force: true });
});

const header = legacyColumns.join(',');

/** A row of somebody over a county code that does not exist. */
function row(index: number, change: Partial<Record<string, string>> = {}): string {
  const digits = `1101991990010${String(index).padStart(4, '0')}`;
  const columns: Record<string, string> = {
    document_type: 'resident_identity_card',
    document_number: `${digits}${checkCharacter(digits)}`,
    name: '林一舟',
    validity_start: '2015-12-24',
    validity_end: '2025-12-24',
    mobile: `1995000${String(index).padStart(4, '0')}`,
    email: `person${index}@example.com`,
    registered_at: '2020-05-06T08:30:00+08:00',
    ...change,
  };
  return legacyColumns.map((column) => columns[column]).join(',');
}

async function importText(text: string | Uint8Array, skipsBad = false) {
  const file = join(dir, 'accounts.csv');
  await writeFile(file, text);
  const said: string[] = [];
  const ctx = world.ctx({ actor: { type: 'system', job: 'accounts-import' } });
  const report = await importLegacyFile(ctx, {
    file,
    portal: teacherPortal,
    skipsBad,
    say: (line) => said.push(line),
  });
  return { report, said };
}
const accounts = () => world.ctx().db.$count(accountTable);
// Rows 1000 to 1999: born on 1990-01-01.
const file = (...rows: string[]) => `${[header, ...rows].join('\r\n')}\r\n`;
const three = () => file(row(1001), row(1002), row(1003));

test('every row becomes an account; a second run imports nothing and says so', async () => {
  const first = await importText(`\u{FEFF}${three()}`);
  expect(first.report).toEqual({ rows: 3, bad: 0, imported: 3, existing: 0 });
  expect(await accounts()).toBe(3);
  const second = await importText(three());
  expect(second.report).toEqual({ rows: 3, bad: 0, imported: 0, existing: 3 });
  expect(second.said.at(-1)).toContain('left as they are 3');
  expect(await accounts()).toBe(3);
  expect(await world.ctx().db.$count(auditTable)).toBe(3);
});

test('a database that does not answer for a while is waited for', async () => {
  const ctx = world.ctx({ actor: { type: 'system', job: 'accounts-import' } });
  const up = ctx.db;
  const { db: down } = withoutDatabase(ctx);
  const source = join(dir, 'accounts.csv');
  await writeFile(source, three());
  let pauses = 0;
  const isDown = () => pauses < 2;
  let asked = 0;
  const report = await importLegacyFile(
    // The keys are looked at before the first batch.
    Object.defineProperty({ ...ctx }, 'db', {
      get: () => ((asked += 1) > 1 && isDown() ? down : up),
    }),
    {
      file: source,
      portal: teacherPortal,
      skipsBad: false,
      say: () => {},
      pause: () => Promise.resolve((pauses += 1)),
    },
  );
  expect(pauses).toBe(2);
  expect(report).toEqual({ rows: 3, bad: 0, imported: 3, existing: 0 });
  expect(await accounts()).toBe(3);
});

const swapped = (line: string) =>
  line
    .split(',')
    .toReversed()
    .map((value) => `"${value}"`)
    .join(',');

test('the columns may stand in any order, values in quotes, the last line without an end', async () => {
  const order = legacyColumns.toReversed();
  const { report } = await importText(`${order.join(',')}\n${swapped(row(1001))}`);
  expect(report).toEqual({ rows: 1, bad: 0, imported: 1, existing: 0 });
});

test('with one bad row nothing is imported; each is told by line, column and reason, without what stands there', async () => {
  const bad = [
    row(1002, { mobile: '110', name: '' }),
    row(1003),
    row(1001),
    'resident_identity_card,x',
  ];
  const { report, said } = await importText(file(row(1001), ...bad));
  expect(report).toEqual({ rows: 5, bad: 3, imported: 0, existing: 0 });
  expect(await accounts()).toBe(0);
  const reasons = said.filter((line) => line.startsWith('第')).map((line) => line.split('  ')[2]);
  expect(reasons).toEqual([
    'name.missing',
    'mobile.format',
    'document_number.repeated',
    'row.columns',
  ]);
  expect(said[0]).toContain('line 3  name  ');
  expect(said[2]).toContain('line 5  document_number  ');
  const text = said.join('\n');
  for (const datum of ['110199', '林一舟', '1995000', '@example.com']) {
    expect(text).not.toContain(datum);
  }
});

const gone = () => {
  throw new Error('the machine is gone');
};

test('with a file for the bad rows, it is whole before a row is imported, and the same after a run that broke off', async () => {
  const ctx = world.ctx();
  const path = join(dir, 'accounts.csv');
  const badRows = join(dir, 'bad.txt');
  await writeFile(path, file(row(1001), row(1002, { mobile: '110' }), row(1003)));
  const said: string[] = [];
  const options = {
    file: path,
    portal: teacherPortal,
    skipsBad: true,
    badRows,
    say: (line: string) => said.push(line),
  };
  const broken = { ...ctx, crypto: { ...ctx.crypto, seal: gone } };
  await expect(importLegacyFile(broken, options)).rejects.toThrow('the machine is gone');
  const first = await readFile(badRows, 'utf8');
  expect(first).toMatch(/^第 3 行 line 3 {2}mobile {2}mobile\.format {2}[^\n]+\n$/);
  expect(said).toEqual([]);
  const report = await importLegacyFile(ctx, options);
  expect(report).toEqual({ rows: 3, bad: 1, imported: 2, existing: 0 });
  expect(await readFile(badRows, 'utf8')).toBe(first);
  expect(await readdir(dir)).toEqual(['accounts.csv', 'bad.txt']);
});

test('of a file that breaks off, nothing is left of what was to be said of its rows', async () => {
  const path = join(dir, 'accounts.csv');
  await writeFile(path, `${file(row(1001, { mobile: '110' }))}"林"一舟`);
  const options = { file: path, portal: teacherPortal, skipsBad: true, say: () => {} };
  const imported = importLegacyFile(world.ctx(), { ...options, badRows: join(dir, 'bad.txt') });
  await expect(imported).rejects.toThrow('text after a quote');
  expect(await readdir(dir)).toEqual(['accounts.csv']);
  expect(await accounts()).toBe(0);
});

test('the good rows are imported when it is asked to leave out the bad ones', async () => {
  const { report } = await importText(file(row(1001), row(1002, { email: '' }), row(1003)), true);
  expect(report).toEqual({ rows: 3, bad: 1, imported: 2, existing: 0 });
  expect(await accounts()).toBe(2);
});

test.for([
  [
    'GB 18030',
    Buffer.concat([Buffer.from(`${header}\n`), Buffer.from('c1d6d2bbd6db', 'hex')]),
    'UTF-8',
  ],
  ['UTF-16', Buffer.from(`\u{FEFF}${header}\n`, 'utf16le'), 'UTF-8'],
  ['an unclosed quote', Buffer.from(`${header}\n"${'x\n'.repeat(20_000)}`), 'is not CSV'],
  ['other columns', Buffer.from('name,mobile\n林一舟,19950000001\n'), 'document_type'],
  ['nothing', Buffer.from(''), 'document_type'],
  ['text after a quote', Buffer.from(`${header}\n"x"y`), '第 2 行'],
] as const)('%s is refused in a sentence, and nothing is imported', async ([, bytes, said]) => {
  await expect(importText(bytes)).rejects.toThrow(said);
  expect(await accounts()).toBe(0);
});

test('a directory is refused in a sentence', async () => {
  const options = { file: dir, portal: teacherPortal, skipsBad: false, say: () => {} };
  await expect(importLegacyFile(world.ctx(), options)).rejects.toThrow('is not a file');
});

test('a spreadsheet’s wide spaces, mixed ends of lines and last line of commas do no harm', async () => {
  const { report } = await importText(
    `${header}\r\n${swapped(row(1001)).split(',').toReversed().join('\u3000,')}\n${row(1002)}\r,,,,,,,\n`,
  );
  expect(report).toEqual({ rows: 2, bad: 0, imported: 2, existing: 0 });
});

test('what broke off is finished by the next run', async () => {
  const ctx = world.ctx();
  const broken = { ...ctx, crypto: { ...ctx.crypto } };
  let sealed = 0;
  // Four a row: the first 250 rows, which are one transaction, are in, and of the others none.
  broken.crypto.seal = (...of) => {
    sealed += 1;
    if (sealed > 1_000) throw new Error('the machine is gone');
    return ctx.crypto.seal(...of);
  };
  const rows = Array.from({ length: 260 }, (_, index) => row(1001 + index));
  const path = join(dir, 'accounts.csv');
  await writeFile(path, file(...rows));
  const options = { file: path, portal: teacherPortal, skipsBad: false, say: () => {} };
  await expect(importLegacyFile(broken, options)).rejects.toThrow('the machine is gone');
  expect(await accounts()).toBe(250);
  const report = await importLegacyFile(ctx, options);
  expect(report).toEqual({ rows: 260, bad: 0, imported: 10, existing: 250 });
  expect(await accounts()).toBe(260);
});

test.each(['index', 'vault'] as const)(
  'under another %s key nothing is imported a second time; after a change of keys the former is known',
  async (setting) => {
    expect((await importText(three())).report.imported).toBe(3);
    const ctx = world.ctx();
    const other = ctx.crypto.namedKey(ctx.keys[setting][0].id, ctx.crypto.randomBytes(32));
    const next = ctx.crypto.namedKey('k9', ctx.crypto.randomBytes(32));
    const options = {
      file: join(dir, 'accounts.csv'),
      portal: teacherPortal,
      skipsBad: false,
      say: () => {},
    };
    const withKeys = (keys: typeof ctx.keys.index) =>
      importLegacyFile({ ...ctx, keys: { ...ctx.keys, [setting]: keys } }, options);
    await expect(withKeys([other])).rejects.toThrow('nothing was imported');
    await expect(withKeys([next])).rejects.toThrow('nothing was imported');
    expect(await withKeys([next, ...ctx.keys[setting]])).toMatchObject({ existing: 3 });
    expect(await accounts()).toBe(3);
  },
);

test('the bad rows are not written over the file itself', async () => {
  const path = join(dir, 'accounts.csv');
  await writeFile(path, three());
  const options = {
    file: path,
    portal: teacherPortal,
    skipsBad: true,
    badRows: join(dir, '.', 'accounts.csv'),
    say: () => {},
  };
  await expect(importLegacyFile(world.ctx(), options)).rejects.toThrow('another file');
  expect(await readFile(path, 'utf8')).toBe(three());
});
