/** Base64 (RFC 4648, section 4), padded. */
export const toBase64 = (data: Uint8Array) =>
  btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));

/** Base64 of a text's UTF-8. */
export const utf8ToBase64 = (text: string) => toBase64(new TextEncoder().encode(text));

/** @throws DOMException when `text` is not base64. Padding may be left out. */
export const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
