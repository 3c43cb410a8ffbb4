import { globSync, readFileSync } from 'node:fs';
import { parsePortals } from '@shiming/domain';
import { createTestWorld } from '@shiming/services/testing';
import { testInbox } from '@shiming/services/testing/chat';
import { createApp } from '@shiming/worker/app';
import { expect, test } from 'vitest';
import { example as business } from '../examples/business.ts';
import type { Place } from '../examples/place.ts';
import { example as student } from '../examples/student.ts';
import { example as teacher } from '../examples/teacher.ts';

const folder = new URL('../', import.meta.url);

/** Runs an example against the Worker, at an operator of all portals; answers what it said. */
async function said(example: (place: Place) => Promise<void>): Promise<string[]> {
  const world = await createTestWorld();
  const url = 'https://shiming.test';
  let ids = 0;
  const app = createApp({
    world: {
      weChatInbox: () => testInbox(world),
      depsFor: (defer, meter) => ({ ...world.ctx(meter === undefined ? {} : { meter }), defer }),
    },
    portals: parsePortals('teacher,student,business'),
    publicOrigin: url,
    addressHeader: 'x-real-ip',
    log: () => {},
    newId: () => `id-${(ids += 1)}`,
    now: () => world.nowMs(),
  });
  const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  const lines: string[] = [];
  await example({
    url,
    fetch: async (request) => app.fetch(request, {}, execution),
    citizens: async () => world.sandbox.citizens,
    codeOnPhone: async (mobile) => world.sandbox.phone.lastCode(mobile) ?? '',
    say: (step, detail = '') => void lines.push(`${step}: ${detail}`),
  });
  await world.close();
  return lines;
}

test('X-05: the README names every example, and a test runs each: the one by OpenID beside the provider', () => {
  const files = globSync('examples/*.ts', { cwd: folder }).filter((file) => !/place/.test(file));
  const named = readFileSync(new URL('README.md', folder), 'utf8').match(/examples\/\w+\.ts/g);
  expect([...new Set(named)].toSorted()).toEqual(files.toSorted());
  expect(files).toHaveLength(4);
});

test('X-05: the example of the teacher portal registers a citizen and opens a service', async () => {
  const lines = await said(teacher);
  expect(lines).toContain('verification: matched');
  expect(lines.filter((line) => line.startsWith('service:')).length).toBeGreaterThan(0);
});

test('X-05: the example of the student portal signs in by a mobile and reads a refusal', async () => {
  const lines = await said(student);
  expect(lines.join('\n')).toContain('the account lacks identity');
  expect(lines).toContain('records: refused: service.not_verified');
});

test('X-05: the example of the business portal is verified before there is an account', async () => {
  const lines = await said(business);
  expect(lines).toContain('verified: the next step is password');
  expect(lines).toContain('level: 3');
});
