import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { appErrorIn } from '@shiming/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createS3Photos, type S3Options } from './s3.ts';

/** A server that checks what is signed and keeps files in a folder. */
let server: S3rver;
let folder: string;
let origin: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiming-s3-'));
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory: folder,
    silent: true,
    configureBuckets: [{ name: 'photos' }],
  });
  const { port } = await server.run();
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const photosAt = (given: Partial<S3Options> = {}) =>
  createS3Photos({
    bucketUrl: `${origin}/photos`,
    region: 'cn-north-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    fetch: (request) => fetch(request),
    timeoutMs: 10_000,
    ...given,
  });

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => {
      const refusal = appErrorIn(error);
      return [refusal?.data, refusal?.logNote];
    },
  );
/** A server that takes the request and never answers. */
const silent: S3Options['fetch'] = ({ signal }) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
const unavailable = (note: string) => [{ code: 'service.unavailable' }, `photo store: ${note}`];

describe('photos over S3', () => {
  test('what was put comes back byte by byte, and anew when it was put again', async () => {
    const photos = photosAt();
    const photo = Uint8Array.from({ length: 194_559 }, (_, at) => at % 251);
    await photos.put('one', photo);
    expect(await photos.get('one')).toEqual(photo);
    await photos.put('one', photo.subarray(5, 10));
    expect(await photos.get('one')).toEqual(photo.slice(5, 10));
  });

  test('what is not there is null; what was removed is not there, and can be removed again', async () => {
    const photos = photosAt();
    expect(await photos.get('nothing')).toBeNull();
    const keys = Array.from({ length: 14 }, (_, at) => `key-${at}`);
    for (const key of keys) await photos.put(key, new Uint8Array([1]));
    await photos.remove([...keys.slice(0, 13), 'nothing']);
    const left = await Promise.all(keys.map((key) => photos.get(key)));
    expect(left.map((each) => each !== null)).toEqual(keys.map((_, at) => at === 13));
    await photos.remove(keys);
    expect(await photos.get('key-13')).toBeNull();
  });

  test('a bucket that is not there has not lost a photo: it is unavailable', async () => {
    const photos = photosAt({ bucketUrl: `${origin}/nowhere` });
    expect(await refusalOf(photos.get('one'))).toEqual(unavailable('404'));
    expect(await refusalOf(photos.put('one', new Uint8Array([1])))).toEqual(unavailable('404'));
  });

  test('a key that is wrong is refused by the server, and does nothing', async () => {
    const stranger = photosAt({ secretAccessKey: 'guessed' });
    expect(await refusalOf(stranger.put('mine', new Uint8Array([1])))).toEqual(unavailable('403'));
    expect(await photosAt().get('mine')).toBeNull();
  });

  test('a server that is down, answers 5xx, or sends elsewhere is unavailable, asked once', async () => {
    const answers = {
      TypeError: () => Promise.reject(new TypeError('fetch failed: 10.0.0.1')),
      503: () => new Response('<Error><Code>SlowDown</Code></Error>', { status: 503 }),
      307: () => new Response(null, { status: 307, headers: { location: 'https://a.example/' } }),
    };
    for (const [note, answer] of Object.entries(answers)) {
      let asked = 0;
      const fetch: S3Options['fetch'] = () => {
        asked += 1;
        return answer();
      };
      const photos = photosAt({ fetch });
      expect(await refusalOf(photos.put('a', new Uint8Array()))).toEqual(unavailable(note));
      expect(await refusalOf(photos.get('a'))).toEqual(unavailable(note));
      expect(await refusalOf(photos.remove(['a']))).toEqual(unavailable(note));
      expect(asked).toBe(3);
    }
  });

  test('a server that says nothing is given up on', async () => {
    const photos = photosAt({ fetch: silent, timeoutMs: 1 });
    expect(await refusalOf(photos.get('a'))).toEqual(unavailable('TimeoutError'));
  });

  test('a bucket has its own host where the server gives it one; the key stays one part of the path', async () => {
    const urls: string[] = [];
    const fetch: S3Options['fetch'] = (request) => {
      urls.push(request.url);
      return new Response(null, { status: 204 });
    };
    await photosAt({ fetch, bucketUrl: 'https://photos.oss.example' }).remove(['a/b']);
    expect(urls).toEqual(['https://photos.oss.example/a%2Fb']);
  });
});
