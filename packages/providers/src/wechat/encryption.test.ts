import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMessageEncryption, signatureOf } from './encryption.ts';
import { OWN, PUBLISHED } from '../testing/wechat-vectors.ts';

/** 32 bytes that end so. */
const block = (...bytes: number[]) => Buffer.from([...Array(32 - bytes.length).fill(0), ...bytes]);

describe('X-02: WeChat signatures', () => {
  test.each([
    ['AAAAA', '1714037059', '486452656', '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    ['pamtest', '1409304348', 'xxxxxx', '76480565cbe296026c53aaacd1ad523a1ddba24f'],
  ])('token %s', async (token, timestamp, nonce, signature) => {
    expect(await signatureOf(token, timestamp, nonce)).toBe(signature);
    expect(await signatureOf(nonce, token, timestamp)).toBe(signature);
  });

  test.each([PUBLISHED.echo, PUBLISHED.message, OWN])(
    'of what is encrypted ($signature)',
    async ({ token, timestamp, nonce, encrypted, signature }) => {
      expect(await signatureOf(token, timestamp, nonce, encrypted)).toBe(signature);
    },
  );
});

describe('X-02: WeChat encryption', () => {
  test('the published address check opens (7 bytes of padding)', async () => {
    const { key, accountId, encrypted } = PUBLISHED.echo;
    expect(await createMessageEncryption(key).decrypt(encrypted)).toEqual({
      text: '1616140317555161061',
      accountId,
    });
  });

  test('the published message opens (30 bytes of padding, more than WebCrypto takes)', async () => {
    const { key, accountId, encrypted } = PUBLISHED.message;
    const message = await createMessageEncryption(key).decrypt(encrypted);
    expect(message.accountId).toBe(accountId);
    expect(message.text).toContain('<Content><![CDATA[hello]]></Content>');
    expect(message.text).toContain('<MsgId>4561255354251345929</MsgId>');
  });

  test('our own message is encrypted as OpenSSL does it, and opens again', async () => {
    const encryption = createMessageEncryption(OWN.key);
    const random = new TextEncoder().encode(OWN.random);
    expect(await encryption.encrypt(random, OWN.xml, OWN.accountId)).toBe(OWN.encrypted);
    expect(OWN.encrypted).toHaveLength(428);
    expect(OWN.encrypted).toMatch(/^jn1L23DB\+6ELqJ\+6bruv24G7tPgDS9n1/);
    expect(await encryption.decrypt(OWN.encrypted)).toEqual({
      text: OWN.xml,
      accountId: OWN.accountId,
    });
  });

  test('texts of every length, so with every padding from 1 to 32, open again', async () => {
    const encryption = createMessageEncryption(OWN.key);
    const random = new Uint8Array(16);
    for (let length = 0; length < 40; length++) {
      const text = '码'.repeat(length % 3) + 'x'.repeat(length);
      const encrypted = await encryption.encrypt(random, text, OWN.accountId);
      expect(Buffer.from(encrypted, 'base64').length % 32).toBe(0);
      expect(await encryption.decrypt(encrypted)).toEqual({ text, accountId: OWN.accountId });
    }
  });

  const key = Buffer.from(`${OWN.key}=`, 'base64');
  /** Encrypts whole blocks by OpenSSL, without its padding. */
  const raw = (padded: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  };

  test.each([
    ['padding of 0', raw(block(0)), 'wrong padding'],
    ['padding of 33', raw(Buffer.concat([block(), Buffer.alloc(64, 33)])), 'wrong padding'],
    ['uneven padding', raw(Buffer.concat([block(), block(9, 3, 3)])), 'wrong padding'],
    ['nothing but padding', raw(Buffer.alloc(32, 32)), 'wrong length'],
    ['a length beyond the end', raw(block(9, ...Array(12).fill(12))), 'wrong length'],
    ['a length of 4 GiB', raw(block(...Array(4).fill(255), ...Array(12).fill(12))), 'wrong length'],
    ['what is not UTF-8', raw(block(1, 255, ...Array(11).fill(11))), 'not valid'],
    ['nothing', '', '16 bytes'],
    ['half a block', Buffer.alloc(8).toString('base64'), '16 bytes'],
    ['no base64', '&&&&', 'Invalid character'],
  ])('does not open: %s', async (_, encrypted, message) => {
    await expect(createMessageEncryption(OWN.key).decrypt(encrypted)).rejects.toThrow(message);
  });

  test('what is no key is refused at once', () => {
    expect(() => createMessageEncryption('abc')).toThrow(/correctly encoded|43 characters/);
    expect(() => createMessageEncryption(OWN.key.slice(4))).toThrow('43 characters');
  });
});
