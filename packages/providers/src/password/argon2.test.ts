import { argon2Sync } from 'node:crypto';
import { assert, beforeAll, describe, expect, test, vi } from 'vitest';
import { webCrypto } from '../crypto/web-crypto.ts';
import { nodeArgon2Module } from './argon2-node.ts';
import { createArgon2Hasher } from './argon2.ts';
import type { PasswordHasher } from './port.ts';

const randomBytes = (length: number) => webCrypto.randomBytes(length);
const parameters = (phc: string) => phc.split('$').slice(1, 4);

let wasm: WebAssembly.Module;
let hasher: PasswordHasher;

beforeAll(async () => {
  wasm = await nodeArgon2Module();
  hasher = createArgon2Hasher({ wasm, randomBytes });
});

const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64').replaceAll('=', '');

/** The PHC string that Node's own Argon2id (OpenSSL) makes. */
function openSslHash(password: string, salt: Uint8Array, memory = 19_456, passes = 2): string {
  const hash = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory,
    passes,
    parallelism: 1,
    tagLength: 32,
  });
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${base64(salt)}$${base64(hash)}`;
}

describe('Argon2id', () => {
  test.each(['Abc1234!', '', 'a'.repeat(64), '密码Abc1234!', '🔑🔑🔑', 'nul\0inside'])(
    'T-REG-08: hashes %j exactly as OpenSSL does, all of its UTF-8 bytes',
    async (password) => {
      const salt = webCrypto.randomBytes(16);
      const fixed = createArgon2Hasher({ wasm, randomBytes: () => salt });
      expect(await fixed.hash(password)).toBe(openSslHash(password, salt));
    },
  );

  test('a vector of the reference implementation verifies with the parameters it carries, and is outdated', async () => {
    // phc-winner-argon2 src/test.c: hashtest(version, 2, 8, 1, "password", "somesalt", …, Argon2_id)
    const stored =
      '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await hasher.verify('password', stored)).toEqual({ isRight: true, isOutdated: true });
    expect(await hasher.verify('Password', stored)).toEqual({ isRight: false, isOutdated: true });
  });

  test('T-LOG-01: a password is right against its own hash only', async () => {
    const stored = await hasher.hash('Abc1234!');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await hasher.verify('Abc1234!', stored)).toEqual({ isRight: true, isOutdated: false });
    expect(await hasher.verify('Abc1234', stored)).toEqual({ isRight: false, isOutdated: false });
    expect(await hasher.verify('abc1234!', stored)).toEqual({ isRight: false, isOutdated: false });
  });

  test('a hash made with weaker parameters is right but outdated, with stronger ones not outdated', async () => {
    const salt = webCrypto.randomBytes(16);
    const verify = (memory: number, passes: number) =>
      hasher.verify('Abc1234!', openSslHash('Abc1234!', salt, memory, passes));
    expect(await verify(19_455, 2)).toEqual({ isRight: true, isOutdated: true });
    expect(await verify(19_456, 1)).toEqual({ isRight: true, isOutdated: true });
    expect(await verify(19_456, 3)).toEqual({ isRight: true, isOutdated: false });
  });

  test.each([
    '',
    'Abc1234!',
    '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$',
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=',
    '$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=4,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ])('a malformed stored hash is an error, not a wrong password: %j', async (stored) => {
    await expect(hasher.verify('password', stored)).rejects.toThrow(
      /malformed|Argon2: error|decoded/,
    );
  });

  test('X-03: the decoy has the current parameters and no password is right', async () => {
    expect(parameters(hasher.decoy)).toEqual(parameters(await hasher.hash('Abc1234!')));
    expect(hasher.decoy).toHaveLength((await hasher.hash('Abc1234!')).length);
    expect(await hasher.verify('Abc1234!', hasher.decoy)).toEqual({
      isRight: false,
      isOutdated: false,
    });
  });

  test('eight at once each get their own answer', async () => {
    const passwords = Array.from({ length: 8 }, (_, i) => `Abc1234!${i}`);
    const hashes = await Promise.all(passwords.map((password) => hasher.hash(password)));
    expect(new Set(hashes).size).toBe(8);
    const checks = await Promise.all(
      passwords.map((password, i) => hasher.verify(password, hashes[i] ?? '')),
    );
    expect(checks.map((check) => check.isRight)).toEqual(Array(8).fill(true));
  });

  test('memory does not grow with the number of hashes', async () => {
    const Instance = vi.spyOn(WebAssembly, 'Instance');
    const fresh = createArgon2Hasher({ wasm, randomBytes });
    const memory = Instance.mock.instances[0]?.exports['memory'];
    Instance.mockRestore();
    assert(memory instanceof WebAssembly.Memory);
    await fresh.hash('Abc1234!');
    const { byteLength } = memory.buffer;
    expect(byteLength).toBeGreaterThan(19_456 * 1024);
    const stored = await fresh.hash('Abc1234!');
    for (let i = 0; i < 15; i++) {
      await fresh.hash(`Abc1234!${i}`);
      await fresh.verify('Abc1234?', stored);
    }
    await expect(fresh.verify('Abc1234!', 'malformed')).rejects.toThrow('malformed');
    expect(memory.buffer.byteLength).toBe(byteLength);
  });
});
