import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appErrorIn } from '@shiming/domain';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { getPlatformProxy } from 'wrangler';
import { type Bucket, createR2Photos } from './r2.ts';

const configuration = `
name = "photos"
compatibility_date = "2026-11-01"
[[r2_buckets]]
binding = "PHOTOS"
bucket_name = "photos"
`;

/** R2 as workerd has it on a developer's machine, in memory. */
let platform: Awaited<ReturnType<typeof getPlatformProxy<{ PHOTOS: Bucket }>>>;
let folder: string;
let bucket: Bucket;
beforeAll(async () => {
  vi.stubEnv('WRANGLER_SEND_METRICS', 'false');
  vi.stubEnv('CLOUDFLARE_CF_FETCH_ENABLED', 'false');
  folder = await mkdtemp(join(tmpdir(), 'shiming-r2-'));
  const configPath = join(folder, 'wrangler.toml');
  await writeFile(configPath, configuration);
  platform = await getPlatformProxy<{ PHOTOS: Bucket }>({ configPath, persist: false });
  bucket = platform.env.PHOTOS;
});
afterAll(async () => {
  await platform.dispose();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const down = () => Promise.reject(new TypeError('put: key one, internal error 10001'));

describe('photos in R2', () => {
  test('what was put comes back byte by byte, and anew when it was put again', async () => {
    const photos = createR2Photos(bucket);
    const photo = Uint8Array.from({ length: 194_559 }, (_, at) => at % 251);
    await photos.put('one', photo);
    expect(await photos.get('one')).toEqual(photo);
    await photos.put('one', photo.subarray(5, 10));
    expect(await photos.get('one')).toEqual(photo.slice(5, 10));
  });

  test('what is not there is null; what was removed is not there, and can be removed again', async () => {
    const photos = createR2Photos(bucket);
    expect(await photos.get('nothing')).toBeNull();
    await photos.put('two', new Uint8Array([1]));
    await photos.put('three', new Uint8Array([2]));
    await photos.remove(['two', 'three', 'nothing']);
    expect(await photos.get('two')).toBeNull();
    expect(await photos.get('three')).toBeNull();
    await photos.remove(['two']);
  });

  test('a store that is down is service.unavailable; its own words are not told', async () => {
    const photos = createR2Photos({ put: down, get: down, delete: down });
    const works = [photos.put('one', new Uint8Array()), photos.get('one'), photos.remove(['one'])];
    for (const work of works) {
      const refusal = await work.then(() => null, appErrorIn);
      expect(refusal?.data).toEqual({ code: 'service.unavailable' });
      expect(refusal?.logNote).toBe('photo store: TypeError');
    }
  });
});
