import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sqld, startSqld } from './sqld.ts';

/** The first column of the first row, over sqld's HTTP protocol (Hrana 2). */
async function query(sqld: Sqld, sql: string): Promise<unknown> {
  const response = await fetch(`${sqld.url}/v2/pipeline`, {
    method: 'POST',
    body: JSON.stringify({
      requests: [{ type: 'execute', stmt: { sql } }, { type: 'close' }],
    }),
  });
  const { results } = await response.json();
  return results[0].response.result.rows[0]?.[0]?.value;
}

describe('sqld', () => {
  let dir: string;
  let sqld: Sqld | undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'shiming-sqld-'));
  });

  afterEach(async () => {
    await sqld?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  test('stopped and started again on the same folder and port, it has the same data', async () => {
    sqld = await startSqld({ dir });
    await query(sqld, 'create table people (name text)');
    await query(sqld, "insert into people values ('林知远')");
    const { port } = sqld;
    await sqld.stop();
    await expect(query(sqld, 'select name from people')).rejects.toThrow('fetch failed');
    sqld = await startSqld({ dir, port });
    expect(await query(sqld, 'select name from people')).toBe('林知远');
  });

  test('a second server on the same folder is refused', async () => {
    sqld = await startSqld({ dir });
    await expect(startSqld({ dir })).rejects.toThrow(sqld.url);
  });
});
