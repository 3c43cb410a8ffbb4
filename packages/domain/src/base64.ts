const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a padded base64 text (RFC 4648, section 4); `null` where it is none. */
export function readBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const bytes = new Uint8Array(Math.floor((text.replaceAll('=', '').length * 3) / 4));
  for (let at = 0; at < text.length; at += 4) {
    const value = [0, 1, 2, 3].reduce(
      (sum, place) => sum * 64 + Math.max(0, alphabet.indexOf(text.charAt(at + place))),
      0,
    );
    const start = (at / 4) * 3;
    // A typed array leaves out what lies beyond its end.
    bytes.set([value >> 16, (value >> 8) & 255, value & 255].slice(0, bytes.length - start), start);
  }
  return bytes;
}

/** Bytes as padded base64. */
export function writeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const value = first * 65_536 + (second ?? 0) * 256 + (third ?? 0);
    text += alphabet.charAt(value >> 18) + alphabet.charAt((value >> 12) & 63);
    text += second === undefined ? '=' : alphabet.charAt((value >> 6) & 63);
    text += third === undefined ? '=' : alphabet.charAt(value & 63);
  }
  return text;
}
