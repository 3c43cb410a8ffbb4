import { parsePortals } from '@shiming/domain';
import {
  callOver,
  citizenWith,
  correctionOf,
  profileAnswersOf,
  register,
  succeeded,
} from '@shiming/api/testing';
import { jpegOf, paddedTo } from '@shiming/domain/testing/jpeg';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';

const publicOrigin = 'https://shiming.test';

/** The app over the test world, and a browser in which somebody has begun a manual review. */
async function start() {
  const world: TestWorld = await createTestWorld();
  const lines: Record<string, unknown>[] = [];
  const app = createApp({
    world: {
      depsFor: (defer, meter) => ({ ...world.ctx(meter === undefined ? {} : { meter }), defer }),
      weChatInbox: () => undefined,
    },
    portals: parsePortals('teacher,student,business'),
    publicOrigin,
    addressHeader: 'x-real-ip',
    log: (line) => lines.push(line),
    newId: () => 'id',
    now: () => world.nowMs(),
  });
  const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  const browser = () => {
    const cookies = new Map<string, string>();
    return async (request: Request): Promise<Response> => {
      const held = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      if (held !== '') request.headers.set('cookie', held);
      const response = await app.fetch(request, {}, execution);
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      return response;
    };
  };
  return { world, lines, browser };
}

let it: Awaited<ReturnType<typeof start>>;
let browse: ReturnType<typeof it.browser>;
beforeEach(async () => {
  it = await start();
  browse = it.browser();
  const call = callOver(browse);
  const citizen = citizenWith(it.world, { outcome: 'mismatch' });
  await register(call, it.world, citizen);
  succeeded(await call('profile.save', profileAnswersOf(citizen)));
  succeeded(await call('verification.verify', correctionOf(citizen)));
  succeeded(await call('data.giveConsent', { kind: 'photos', hasAgreed: false }));
});
afterEach(() => it.world.close());

const put = (body: Uint8Array, headers: Record<string, string> = {}, side = 'a') =>
  new Request(`${publicOrigin}/photos/${side}`, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg', ...headers },
    body: new Uint8Array(body),
  });
const get = (id: string) => new Request(`${publicOrigin}/photos/${id}`);
const refusalIn = async (response: Response) => {
  const { error } = (await response.json()) as { error: { data: { app: unknown } } };
  return { status: response.status, app: error.data.app };
};

describe('T-REV-02: a photo on its way', () => {
  test('is taken, and comes back to whoever sent it, for no cache and no other type', async () => {
    const sent = await browse(put(jpegOf()));
    expect(sent.status).toBe(200);
    const { result } = (await sent.json()) as { result: { data: { photoId: string } } };
    expect(result.data).toMatchObject({ width: 1920, height: 1280, orientation: 1 });
    const answer = await browse(get(result.data.photoId));
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(jpegOf());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'inline; filename="photo.jpg"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(it.lines.slice(-2)).toMatchObject([
      { procedure: 'photo.put', outcome: 'ok', status: 200, roundTrips: 4 },
      { procedure: 'photo.get', outcome: 'ok', status: 200, roundTrips: 2 },
    ]);
  });

  test('X-01: somebody else’s photo is answered like one that is not there', async () => {
    const sent = await browse(put(jpegOf()));
    const { result } = (await sent.json()) as { result: { data: { photoId: string } } };
    const other = it.browser();
    await register(callOver(other), it.world, citizenWith(it.world, { outcome: 'match' }));
    const [theirs, missing] = [await other(get(result.data.photoId)), await other(get('none'))];
    expect([theirs.status, await theirs.text()]).toEqual([404, await missing.text()]);
    const nobody = await it.browser()(get(result.data.photoId));
    expect(await refusalIn(nobody)).toEqual({ status: 401, app: { code: 'session.required' } });
  });

  test.each([194_560, 256 * 1024, 256 * 1024 + 1, 3_000_000])(
    '%i bytes are too large, said in one way',
    async (size) => {
      const { app } = await refusalIn(await browse(put(paddedTo(size, jpegOf()))));
      expect(app).toEqual({ code: 'photo.refused', reason: 'too_large' });
      expect(it.world.bucket.objects.size).toBe(0);
    },
  );

  test('from another site, of another type, for no side, by nobody: refused', async () => {
    const foreign = await browse(put(jpegOf(), { origin: 'https://elsewhere.example' }));
    expect(await refusalIn(foreign)).toMatchObject({ status: 403 });
    const form = await browse(put(jpegOf(), { 'content-type': 'multipart/form-data' }));
    expect(await refusalIn(form)).toMatchObject({ status: 415 });
    const side = await browse(put(jpegOf(), {}, 'c'));
    expect(await refusalIn(side)).toEqual({ status: 404, app: { code: 'request.not_found' } });
    const nobody = await it.browser()(put(jpegOf()));
    expect(await refusalIn(nobody)).toEqual({ status: 401, app: { code: 'session.required' } });
    expect(it.world.bucket.objects.size).toBe(0);
  });

  test('K11: from a phone that holds the link, and is not signed in, once; nothing of the link is logged', async () => {
    const given = await callOver(browse)('review.handOffPhoto', { side: 'a' });
    const { link } = succeeded(given) as { link: string };
    const phone = it.browser();
    const byLink = () => phone(put(jpegOf(), { 'x-photo-link': link }));
    const sent = await byLink();
    expect([sent.status, await sent.json()]).toEqual([
      200,
      { result: { data: { width: 1920, height: 1280, orientation: 1 } } },
    ]);
    expect(await refusalIn(await byLink())).toEqual({
      status: 400,
      app: { code: 'photo.link_over' },
    });
    expect(it.lines.at(-1)).toMatchObject({ procedure: 'photo.put_by_link' });
    expect(JSON.stringify(it.lines)).not.toContain(link.split('.')[3]);
  });

  test('while the store is down: 503, and the log says which store, not what for', async () => {
    it.world.bucket.isDown = true;
    const answer = await browse(put(jpegOf()));
    expect(await refusalIn(answer)).toEqual({ status: 503, app: { code: 'service.unavailable' } });
    expect(it.lines.at(-1)).toMatchObject({ procedure: 'photo.put', note: 'photo store: Error' });
  });
});
