/** Base64 (RFC 4648, section 4), padded. */
export function toBase64(data: Uint8Array): string {
  let binary = '';
  // By index: an iterator takes five times as long, and a sign-in writes thirteen of these.
  for (let at = 0; at < data.length; at += 1) binary += String.fromCharCode(data[at] ?? 0);
  return btoa(binary);
}

/** Base64 of a text's UTF-8. */
export const utf8ToBase64 = (text: string) => toBase64(new TextEncoder().encode(text));

function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(binary.length);
  for (let index = 0; index < data.length; index += 1) data[index] = binary.charCodeAt(index);
  return data;
}

/** @throws DOMException when `text` is not base64. Padding may be left out. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => bytesOf(atob(text));

const urlSafe = (base64: string) =>
  base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Base64url (RFC 4648, section 5), without padding. */
export const toBase64Url = (data: Uint8Array): string => urlSafe(toBase64(data));

const notInAlphabet = /[^\w-]/;
/** What is over fours of characters at the end of a text: no bit of it decodes to nothing. */
const wholeEnd = /^(?:|.[AQgw]|..[AEIMQUYcgkosw048])$/;

/** @throws Error when `text` is not what `toBase64Url` makes of any bytes. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const end = text.slice(text.length - (text.length % 4));
  if (notInAlphabet.test(text) || !wholeEnd.test(end)) throw new Error('not base64url');
  return bytesOf(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
}
