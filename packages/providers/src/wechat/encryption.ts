import { fromBase64, toBase64 } from '../base64.ts';
import { hex } from '../signing/hex.ts';

const AES_BLOCK_BYTES = 16;
/** The platform pads to blocks of 32, twice what AES needs: 1 to 32 bytes. */
const PADDING_BLOCK_BYTES = 32;
const LENGTH_BYTES = 4;

const utf8 = (text: string) => new TextEncoder().encode(text);
const decode = (data: Uint8Array) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const cbc = (iv: Uint8Array<ArrayBuffer>) => ({ name: 'AES-CBC', iv });

/** SHA-1 in hex over the parts in alphabetical order: `signature` and `msg_signature` alike. */
export async function signatureOf(...parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', utf8(parts.toSorted().join('')));
  return hex(new Uint8Array(digest));
}

/**
 * The platform's message encryption: AES-256-CBC over 16 random bytes, the length as a 32-bit number (big end first),
 * the text and the account's id; the IV is the beginning of the key.
 *
 * @param encodingAesKey 43 characters, as the platform's console gives it.
 * @throws Error, at once, when it is not.
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
 */
export function createMessageEncryption(encodingAesKey: string) {
  const keyBytes = fromBase64(encodingAesKey);
  if (keyBytes.length !== 32) throw new Error('An EncodingAESKey has 43 characters.');
  const ownIv = keyBytes.slice(0, AES_BLOCK_BYTES);
  const importKey = () =>
    crypto.subtle.importKey('raw', keyBytes, 'AES-CBC', false, ['encrypt', 'decrypt']);

  return {
    /** @param random 16 bytes. @returns Base64. */
    async encrypt(random: Uint8Array, text: string, accountId: string): Promise<string> {
      const content = utf8(text);
      const length = new Uint8Array(LENGTH_BYTES);
      new DataView(length.buffer).setUint32(0, content.length);
      const message = join(random, length, content, utf8(accountId));
      const padding = PADDING_BLOCK_BYTES - (message.length % PADDING_BLOCK_BYTES);
      const padded = join(message, new Uint8Array(padding).fill(padding));
      const ciphertext = await crypto.subtle.encrypt(cbc(ownIv), await importKey(), padded);
      // WebCrypto pads once more, by a whole block.
      return toBase64(new Uint8Array(ciphertext).subarray(0, padded.length));
    },

    /** @throws When the text is not base64, not whole blocks, or does not come out in the form above. */
    async decrypt(encrypted: string): Promise<{ text: string; accountId: string }> {
      const ciphertext = fromBase64(encrypted);
      const key = await importKey();
      // WebCrypto takes off a padding of at most 16 bytes and refuses the platform's longer ones. It is given
      // one more block to take off: the one that encrypting nothing after the last block yields.
      const last = ciphertext.slice(-AES_BLOCK_BYTES);
      const end = new Uint8Array(await crypto.subtle.encrypt(cbc(last), key, new Uint8Array()));
      const padded = new Uint8Array(
        await crypto.subtle.decrypt(cbc(ownIv), key, join(ciphertext, end)),
      );

      const padding = padded.at(-1) ?? 0;
      const isPadding = (byte: number) => byte === padding;
      if (
        padding < 1 ||
        padding > PADDING_BLOCK_BYTES ||
        !padded.slice(-padding).every(isPadding)
      ) {
        throw new Error('wrong padding');
      }
      const textAt = AES_BLOCK_BYTES + LENGTH_BYTES;
      const message = padded.subarray(0, -padding);
      const length = new DataView(message.buffer).getUint32(AES_BLOCK_BYTES);
      if (textAt + length > message.length) throw new Error('wrong length');
      return {
        text: decode(message.subarray(textAt, textAt + length)),
        accountId: decode(message.subarray(textAt + length)),
      };
    },
  };
}
