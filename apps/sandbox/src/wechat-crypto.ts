import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A cipher text that cannot be opened, or not for this receiver. */
export class WeChatCipherError extends Error {}

const blockBytes = 32;
const headBytes = 20;

/**
 * The hex SHA-1 over the parts, sorted and joined: token, timestamp and nonce for `signature`, with the cipher text as
 * a fourth for `msg_signature`. Source: developers.weixin.qq.com, 消息加解密说明.
 */
export function signWeChat(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

/**
 * Encrypts for a receiver, an AppID: AES-256-CBC over 16 random bytes, the length (big-endian), the text and the
 * AppID, padded by PKCS#7 to 32 bytes. Returns base64. Source: developers.weixin.qq.com, 消息加解密说明.
 */
export function encryptWeChat(
  text: string,
  { encodingAesKey, appId }: { encodingAesKey: string; appId: string },
  random: Uint8Array = randomBytes(16),
): string {
  const content = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([random, length, content, Buffer.from(appId)]);
  const padBytes = blockBytes - (plain.length % blockBytes);
  const key = aesKey(encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(padBytes, padBytes)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** Opens what `encryptWeChat` made. Throws `WeChatCipherError`, also when it was meant for another AppID. */
export function decryptWeChat(
  encrypted: string,
  { encodingAesKey, appId }: { encodingAesKey: string; appId: string },
): string {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % blockBytes !== 0) {
    throw new WeChatCipherError('the cipher text is not whole blocks of 32 bytes');
  }
  const key = aesKey(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padBytes = padded.at(-1) ?? 0;
  const plain = padded.subarray(0, -padBytes);
  const isPadded =
    padBytes >= 1 &&
    padBytes <= blockBytes &&
    padded.subarray(-padBytes).every((byte) => byte === padBytes);
  if (!isPadded || plain.length < headBytes) throw new WeChatCipherError('the padding is wrong');
  const end = headBytes + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== appId) {
    throw new WeChatCipherError('it is meant for another AppID');
  }
  return plain.subarray(headBytes, end).toString();
}

function aesKey(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}
