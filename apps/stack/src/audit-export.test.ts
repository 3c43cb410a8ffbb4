import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webCrypto } from '@shiming/providers/crypto/gm';
import { sealAudit } from '@shiming/services/audit/chain';
import { exportAudit, exportKey } from '@shiming/services/audit/export';
import { createTestWorld } from '@shiming/services/testing';
import { expect, onTestFinished, test } from 'vitest';
import { sha256Text } from './audit-export.ts';
import { root } from './paths.ts';

/** What an inspector's own Node.js says of a file. */
function inspect(file: string, ...given: string[]): string {
  try {
    const verifier = join(root, 'docs/verify-audit-export.mjs');
    return execFileSync(process.execPath, [verifier, file, ...given], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test('an inspector checks an export without us, over a change of keys, and finds each alteration', async () => {
  const world = await createTestWorld();
  const dir = mkdtempSync(join(tmpdir(), 'shiming-export-'));
  onTestFinished(async () => {
    rmSync(dir, { recursive: true, force: true });
    await world.close();
  });
  const seal = async (keys = world.keys) => {
    await world.ctx().db.run(
      `insert into audit with recursive n(i) as (select 1 union all select i + 1 from n where i < 3)
        select 'r' || ${world.nowMs()} || i, ${world.nowMs()}, 'system:test', 'login.signed_in', 'a1', 'q', '{"of":"测试"}', null from n`,
    );
    world.advance(60_000);
    await sealAudit({ ...world.ctx({ keys }), crypto: webCrypto });
  };
  await seal();
  await seal();
  const second = { id: 'k2', key: world.ctx().crypto.randomBytes(32) };
  const both = { ...world.keys, audit: [second, ...world.keys.audit] as const };
  await seal(both);

  const deps = { ...world.ctx({ keys: both }), sha256: sha256Text };
  const lines: string[] = [];
  for await (const line of exportAudit(deps)) lines.push(line);
  const { publicKey } = await exportKey(deps);
  const file = join(dir, 'audit.jsonl');
  const check = (changed: readonly string[], ...keys: string[]) => {
    writeFileSync(file, changed.map((line) => `${line}\n`).join(''));
    return inspect(file, publicKey, ...keys);
  };
  const shown = both.audit.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64url')}`);
  // Two blocks, the one that hands over, and one under the other key.
  expect(check(lines)).toContain(
    'OK: 4 blocks, 9 rows, as they were exported; 0 blocks recomputed',
  );
  expect(check(lines, ...shown)).toContain('4 blocks recomputed');

  const altered = lines.with(1, (lines[1] ?? '').replace('login.signed_in', 'login.refused'));
  expect(check(altered)).toContain('FAULT: the file is not as it was signed');
  expect(check(altered, ...shown)).toContain('FAULT: block 1 is not what was sealed');
  expect(check(lines.toSpliced(2, 1))).toContain('FAULT: block 2 is missing');
  expect(check(lines.toSpliced(4, 1))).toContain('FAULT: the file is not as it was signed');
  expect(check(lines.slice(0, -1))).toContain('FAULT: the end is missing');
  expect(inspect(file, (await exportKey(world.ctx())).publicKey)).toContain('FAULT');

  // A part of the chain, from an instant on, stands on the hash before it.
  const part: string[] = [];
  for await (const line of exportAudit(deps, world.nowMs())) part.push(line);
  expect(check(part, ...shown)).toContain('OK: 2 blocks, 3 rows');

  // A key for 国密.
  const third = webCrypto.namedKey('sm3', webCrypto.randomBytes(32));
  const all = { ...both, audit: [third, ...both.audit] as const };
  await seal(all);
  const longer: string[] = [];
  for await (const line of exportAudit({ ...deps, crypto: webCrypto, keys: all }))
    longer.push(line);
  writeFileSync(file, longer.map((line) => `${line}\n`).join(''));
  const exported = await exportKey({ crypto: webCrypto, keys: all });
  const key = `sm3:${Buffer.from(third.key).toString('base64url')}`;
  expect(inspect(file, exported.publicKey, key, ...shown)).toContain('6 blocks recomputed');
});
