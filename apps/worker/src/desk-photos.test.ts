import { parsePortals } from '@shiming/domain';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { revealCase } from '@shiming/services/desk/reveal';
import { takeCase } from '@shiming/services/desk/take';
import { citizenNamed } from '@shiming/services/testing/people';
import { testPhotos, waitingFor } from '@shiming/services/testing/reviews';
import { staffNamed, type TestStaff } from '@shiming/services/testing/staff';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';

const publicOrigin = 'https://shiming.test';
let world: TestWorld;
let lines: Record<string, unknown>[];
let app: ReturnType<typeof createApp>;
let anna: TestStaff;
let caseId: string;
beforeEach(async () => {
  world = await createTestWorld();
  lines = [];
  app = createApp({
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
  anna = await staffNamed(world, 'reviewer');
  ({ caseId } = await waitingFor(world));
});
afterEach(() => world.close());

const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
const get = async (who: TestStaff | null, side = 'holding', id = caseId) => {
  const headers = who === null ? {} : { cookie: `__Host-staff=${who.sessionToken}` };
  const request = new Request(`${publicOrigin}/desk/photos/${id}/${side}`, { headers });
  return app.fetch(request, {}, execution);
};
const looks = async () => {
  const { db } = world.ctx();
  return (await db.all("select 1 from audit where action = 'desk.revealed'")).length;
};

describe('T-CON-03, T-CON-06: a photo of a case', () => {
  test('comes to its holder, for no cache, sealed and as a file of no kind; with the look on record it opens', async () => {
    await takeCase(anna.ctx, anna.staff, { caseId });
    const answer = await get(anna);
    const sealed = new Uint8Array(await answer.arrayBuffer());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(lines.at(-1)).toMatchObject({ procedure: 'desk.photo', status: 200, roundTrips: 2 });
    expect(JSON.stringify(lines)).not.toContain(caseId);
    expect(await looks()).toBe(0);
    const { photoKeys } = await revealCase(anna.ctx, anna.staff, { caseId });
    expect(await looks()).toBe(4);
    // As the page does it, by WebCrypto alone.
    const jwk = { kty: 'oct', k: photoKeys.holding ?? '' };
    const key = await crypto.subtle.importKey('jwk', jwk, 'AES-GCM', false, ['decrypt']);
    const context = new TextEncoder().encode(`${caseId}/holding`);
    const parameters = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: context };
    const opened = await crypto.subtle.decrypt(parameters, key, sealed.subarray(12));
    expect(new Uint8Array(opened)).toEqual(testPhotos.holding);
  });

  test('X-01: whoever may not see it gets, to the byte, what a missing one gets', async () => {
    await takeCase(anna.ctx, anna.staff, { caseId });
    const missing = await (await get(anna, 'holding', 'none')).text();
    const { number } = citizenNamed('周子涵');
    const others = [
      get(await staffNamed(world, 'reviewer')),
      get(await staffNamed(world, 'senior', { number })),
      get(await staffNamed(world, 'administrator')),
      get(await staffNamed(world, 'auditor')),
      get(anna, 'front'),
      get(anna, '__proto__'),
      get(anna, 'holding', "' or 1=1 --"),
    ];
    for (const answer of await Promise.all(others)) {
      expect([answer.status, await answer.text()]).toEqual([404, missing]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    const nobody = await get(null);
    expect([nobody.status, await nobody.json()]).toMatchObject([
      401,
      { error: { message: 'staff.session_required' } },
    ]);
  });

  test('while the store is down it is 503', async () => {
    await takeCase(anna.ctx, anna.staff, { caseId });
    world.bucket.isDown = true;
    expect((await get(anna)).status).toBe(503);
  });
});
