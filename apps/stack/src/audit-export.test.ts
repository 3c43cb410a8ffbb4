import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webCrypto } from '@shiming/providers/crypto/gm';
import { sealAudit } from '@shiming/services/audit/chain';
import { exportAudit, exportKey } from '@shiming/services/audit/export';
import type { Keys } from '@shiming/services/context';
import { createTestWorld } from '@shiming/services/testing';
import { expect, onTestFinished, test } from 'vitest';
import { digestText } from './audit-export.ts';
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

/** A world whose audit has three rows more with each `seal`, and a file that an inspector is given. */
async function inspection() {
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
  const linesOf = async (keys = world.keys, sinceMs = 0) => {
    const deps = { ...world.ctx({ keys }), crypto: webCrypto, digest: digestText };
    const lines: string[] = [];
    for await (const line of exportAudit(deps, sinceMs)) lines.push(line);
    return lines;
  };
  const publicKeyOf = async (keys = world.keys) =>
    (await exportKey({ crypto: webCrypto, keys })).publicKey;
  /** What the inspector reads of these lines. */
  const check = (lines: readonly string[], ...given: string[]) => {
    const file = join(dir, 'audit.jsonl');
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return inspect(file, ...given);
  };
  return { world, seal, linesOf, publicKeyOf, check };
}

/** Audit keys as they are shown to an inspector. */
const shownOf = (keys: Keys) =>
  keys.audit.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64url')}`);

test('an inspector checks an export without us, over a change of keys, and finds each alteration', async () => {
  const { world, seal, linesOf, publicKeyOf, check: checkWith } = await inspection();
  await seal();
  await seal();
  const second = { id: 'k2', key: world.ctx().crypto.randomBytes(32) };
  const both = { ...world.keys, audit: [second, ...world.keys.audit] as const };
  await seal(both);

  const lines = await linesOf(both);
  const publicKey = await publicKeyOf(both);
  const check = (changed: readonly string[], ...keys: string[]) =>
    checkWith(changed, publicKey, ...keys);
  const shown = shownOf(both);
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
  expect(checkWith(lines, await publicKeyOf())).toContain('FAULT: it is not signed by this key');

  // A part of the chain, from an instant on, stands on the hash before it.
  expect(check(await linesOf(both, world.nowMs()), ...shown)).toContain('OK: 2 blocks, 3 rows');

  // A key for 国密: the export is signed by SM2. Which it is says the key that the inspector has, not the file.
  const third = webCrypto.namedKey('sm3', webCrypto.randomBytes(32));
  const all = { ...both, audit: [third, ...both.audit] as const };
  await seal(all);
  const longer = await linesOf(all);
  const checked = checkWith(longer, await publicKeyOf(all), ...shownOf(all));
  expect(checked).toContain('6 blocks recomputed');
  expect(check(longer)).toContain(
    'FAULT: it is signed by sm2-sm3, and the key that you gave is one of ed25519',
  );
  expect(checkWith(lines, await publicKeyOf(all))).toContain('FAULT: it is signed by ed25519');
});

test('an inspector finds each alteration of an export that SM2 has signed', async () => {
  const { world, seal, linesOf, publicKeyOf, check } = await inspection();
  const own = webCrypto.namedKey('sm1', webCrypto.randomBytes(32));
  const keys = { ...world.keys, audit: [own] as const };
  await seal(keys);
  const lines = await linesOf(keys);
  const publicKey = await publicKeyOf(keys);
  expect(check(lines, publicKey)).toContain('OK: 1 blocks, 3 rows');
  const [heading = '', block = ''] = lines;
  expect(JSON.parse(heading)).toMatchObject({ version: 2, algorithm: 'sm2-sm3' });
  for (const altered of [
    lines.with(0, heading.replace('"madeAtMs":', '"madeAtMs":1')),
    lines.with(1, block.replace('login.signed_in', 'login.refused')),
  ]) {
    expect(check(altered, publicKey)).toContain('FAULT: the file is not as it was signed');
  }

  // Neither by another key, nor by what is no signature or no key.
  const { end } = JSON.parse(lines.at(-1) ?? '') as { end: { signature: string } };
  const signed = Buffer.from(end.signature, 'base64').toString('hex');
  const [r, s] = [signed.slice(0, 64), signed.slice(64)];
  const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
  const [none, order, rest] = [0n, n, n - BigInt(`0x${r}`)].map((number) =>
    number.toString(16).padStart(64, '0'),
  );
  for (const wrong of [
    s + r,
    none + s,
    r + none,
    order + s,
    r + order,
    r + rest,
    r,
    `${signed}00`,
  ]) {
    const signature = Buffer.from(wrong, 'hex').toString('base64');
    const changed = [heading, block, JSON.stringify({ end: { ...end, signature } })];
    expect(check(changed, publicKey)).toContain('FAULT: it is not signed by this key');
  }
  const otherKey = await webCrypto.publicKeyOf('sm2-sm3', own.key);
  expect(check(lines, otherKey)).toContain('FAULT: it is not signed by this key');
  const noPoint = `${publicKey.slice(0, -1)}${publicKey.endsWith('0') ? 1 : 0}`;
  expect(check(lines, noPoint)).toContain('FAULT: the public key is no point of SM2');
});

test('an export of before there was another signature is checked as it was', () => {
  const dir = mkdtempSync(join(tmpdir(), 'shiming-export-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'audit.jsonl');
  // Made on 30 November 2026 by the version of before.
  const lines = [
    '{"title":"shiming audit export","version":1,"madeAtMs":1795233660000,"previousHash":null}',
    '{"block":1,"sealedAtMs":1795233660000,"hash":"UC3HRBICNoHXi7tj8wDTF5nZkv3OZdRf9n8Tq7yY6dg","keyId":"k1","handOver":null,"rows":[["r17952336000001",1795233600000,"system:test","login.signed_in","a1","q","{\\"of\\":\\"测试\\"}"],["r17952336000002",1795233600000,"system:test","login.signed_in","a1","q","{\\"of\\":\\"测试\\"}"],["r17952336000003",1795233600000,"system:test","login.signed_in","a1","q","{\\"of\\":\\"测试\\"}"]]}',
    '{"end":{"blocks":1,"rows":3,"digest":"Sn5IcGmoNDKmVlUUi9_ualIvcJ-fwJ29Ir1FTQzt-FE","keyId":"export-k1","publicKey":"VXrMc3Qg-MYOqaTh8bjUD0TOJQVIkGwFYr0Zj0hor0M","signature":"A7h7ulWMaY+aY4hXXoUOPwRMD7WVXhUcSEGj8vayCpXPug2QW6SssOWJs3PkKoCl4GZtD0HmO2aHDdWiQWhQBw=="}}',
  ];
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  expect(inspect(file, 'VXrMc3Qg-MYOqaTh8bjUD0TOJQVIkGwFYr0Zj0hor0M')).toContain(
    'OK: 1 blocks, 3 rows',
  );
});
