import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadPhotos } from './photos.ts';
import { waitFor } from '../../testing-wait.ts';

const jpeg = new Uint8Array([0xff, 0xd8, 1, 2, 3]);
const k = 'A'.repeat(43);
let decoded: Blob[];
let asked: string[];

/** As the server seals a photo: nonce, ciphertext and tag, for one side of one case. */
async function sealed(context: string): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey('jwk', { kty: 'oct', k }, 'AES-GCM', false, [
    'encrypt',
  ]);
  const additionalData = new TextEncoder().encode(context);
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, jpeg);
  return new Uint8Array([...iv, ...new Uint8Array(bytes)]);
}

beforeEach(() => {
  decoded = [];
  asked = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    if (url.endsWith('/holding')) return new Response(null, { status: 404 });
    return new Response(await sealed(url.replace('/desk/photos/', '')));
  });
  vi.stubGlobal('createImageBitmap', async (blob: Blob) => {
    decoded.push(blob);
    return { width: 4, height: 3, close: () => {} };
  });
});
afterEach(() => vi.unstubAllGlobals());

test('T-CON-06: what was loaded ahead stays sealed until there are keys, and is not asked for again', async () => {
  const photos = loadPhotos('one');
  await photos.settled;
  expect([photos.of('a'), decoded.length, asked.length]).toEqual([undefined, 0, 3]);
  photos.open({ a: k, b: k, holding: null });
  await waitFor(() => {
    expect([photos.of('a'), photos.of('b')]).toMatchObject([{ width: 4 }, { width: 4 }]);
  });
  expect(photos.of('holding')).toBeNull();
  expect([decoded.length, asked.length]).toEqual([2, 3]);
  expect(decoded[0]?.size).toBe(jpeg.length);
});

test('a photo that does not open with its key is one that did not come; asked for again it is shown', async () => {
  const photos = loadPhotos('one');
  await photos.settled;
  photos.open({ a: 'B'.repeat(43), b: k, holding: null });
  await waitFor(() => expect(photos.of('a')).toBeNull());
  photos.open({ a: k, b: k, holding: null });
  await photos.retry('a');
  await waitFor(() => expect(photos.of('a')).toMatchObject({ width: 4 }));
});
