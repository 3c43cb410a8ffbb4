import { webCrypto } from '@shiming/providers/crypto';
import { describe, expect, test } from 'vitest';
import { testKeys } from '../testing/world.ts';
import {
  blindIndex,
  blindIndexes,
  currentKeyId,
  open,
  openBytes,
  seal,
  sealBytes,
  subjectHash,
} from './vault.ts';

const deps = () => ({ crypto: webCrypto, keys: testKeys() });
const context = 'account.identity:a1';
// What WebCrypto says, and what is said before it is asked.
const refused = /operation-specific reason|too small|not base64url|is not held/;
const value = { number: 'H12345678', name: '温以恒' };

describe('what the vault has sealed', () => {
  test('opens in its place, names its key and shows nothing of itself', async () => {
    const vault = deps();
    const sealed = await seal(vault, context, value);
    expect(await open(vault, context, sealed)).toEqual(value);
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(sealed).not.toContain('H12345678');
    expect(await seal(vault, context, value)).not.toBe(sealed);
  });

  test.for(['account.identity:a2', 'account.contact:a1', 'registration.draft:a1', ''])(
    'does not open in another place: "%s"',
    async (elsewhere) => {
      const vault = deps();
      const sealed = await seal(vault, context, value);
      await expect(open(vault, elsewhere, sealed)).rejects.toThrow(refused);
    },
  );

  test('does not open with another key, even under the same id', async () => {
    const sealed = await seal(deps(), context, value);
    await expect(open(deps(), context, sealed)).rejects.toThrow(refused);
  });

  test('says which key is missing when it is not held any more', async () => {
    const vault = deps();
    const sealed = await seal(vault, context, value);
    const keys = { ...vault.keys, vault: [{ id: 'v2', key: webCrypto.randomBytes(32) }] as const };
    await expect(open({ ...vault, keys }, context, sealed)).rejects.toThrow('vault: key v1');
  });

  test('does not open when any one character is another', async () => {
    const vault = deps();
    const sealed = await seal(vault, context, 'short');
    for (let at = 3; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      await expect(open(vault, context, altered)).rejects.toThrow(refused);
    }
    for (const cut of [sealed.slice(0, -1), `${sealed}A`, 'v1.', 'v1', '']) {
      await expect(open(vault, context, cut)).rejects.toThrow(refused);
    }
  });
});

describe('bytes that the vault has sealed', () => {
  const photo = webCrypto.randomBytes(5_000);

  test('open in their place with any key still held, and show nothing of themselves', async () => {
    const vault = deps();
    const sealed = await sealBytes(vault, 'photo:1', photo);
    expect(await openBytes(vault, 'photo:1', sealed)).toEqual(photo);
    expect(Buffer.from(sealed).includes(Buffer.from(photo.subarray(0, 16)))).toBe(false);
    const next = { id: 'v2', key: webCrypto.randomBytes(32) };
    const keys = { ...vault.keys, vault: [next, ...vault.keys.vault] as const };
    expect(await openBytes({ ...vault, keys }, 'photo:1', sealed)).toEqual(photo);
  });

  test('do not open elsewhere, cut, empty, or with a key that is not held', async () => {
    const vault = deps();
    const sealed = await sealBytes(vault, 'photo:1', photo);
    await expect(openBytes(vault, 'photo:2', sealed)).rejects.toThrow(refused);
    await expect(openBytes(vault, 'photo:1', sealed.subarray(0, -1))).rejects.toThrow(refused);
    await expect(openBytes(vault, 'photo:1', new Uint8Array())).rejects.toThrow(refused);
    await expect(openBytes(deps(), 'photo:1', sealed)).rejects.toThrow(refused);
  });
});

describe('a blind index', () => {
  test('is the same for the same value, and another for another value, kind or key', async () => {
    const vault = deps();
    const index = await blindIndex(vault, 'number', 'H12345678');
    expect(index).toMatch(/^i1\.[\w-]{43}$/);
    expect(await blindIndex(vault, 'number', 'H12345678')).toBe(index);
    expect(await blindIndex(vault, 'number', 'H12345679')).not.toBe(index);
    expect(await blindIndex(vault, 'wechat', 'H12345678')).not.toBe(index);
    expect(await blindIndex(deps(), 'number', 'H12345678')).not.toBe(index);
  });

  test('is searched under every key held, the current one first', async () => {
    const vault = deps();
    const old = await blindIndex(vault, 'number', 'H12345678');
    const [current] = vault.keys.index;
    const keys = {
      ...vault.keys,
      index: [{ id: 'i2', key: webCrypto.randomBytes(32) }, current] as const,
    };
    const indexes = await blindIndexes({ ...vault, keys }, 'number', 'H12345678');
    expect(indexes[0]).toMatch(/^i2\./);
    expect(indexes[1]).toBe(old);
    expect(currentKeyId({ ...vault, keys })).toBe('v1');
  });

  test('a hash for limits keeps kinds apart', async () => {
    const vault = deps();
    const mobile = await subjectHash(vault, 'mobile', '19900000001');
    expect(mobile).toMatch(/^[\w-]{43}$/);
    expect(await subjectHash(vault, 'address', '19900000001')).not.toBe(mobile);
  });
});
