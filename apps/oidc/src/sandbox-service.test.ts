import { serviceRegistrations } from '@shiming/sandbox';
import { servicesAt } from '@shiming/sandbox/service';
import { requestCorrection } from '@shiming/services/help-desk/request';
import { deliverEvents } from '@shiming/services/oidc/deliver';
import { applicantOf, citizenNamed } from '@shiming/services/testing/people';
import { staffNamed } from '@shiming/services/testing/staff';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSendToken } from './deliveries.ts';
import {
  agreeTo,
  Browser,
  type House,
  issuer,
  openHouse,
  registerService,
  verified,
} from './testing/house.ts';

// The sandbox's service as a whole, against the provider: each reaches the other where the test says.
const origin = 'https://service.example.cn';
let house: House;
let sessionToken: string;
const services = servicesAt(issuer.href, origin);
const base = `${origin}/service/certification`;

beforeAll(async () => {
  house = await openHouse();
  const found = serviceRegistrations(origin).find(({ service }) => service === 'certification');
  if (found === undefined) throw new Error('the sandbox has no such service');
  await registerService(house.world, 'certification', found.registration);
  sessionToken = await verified(house.world, citizenNamed('林知远'));
  await agreeTo(house.world, sessionToken, 'certification');
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (asked: string | URL | Request, init?: RequestInit) => {
    const { href, origin: of } = new URL(asked instanceof Request ? asked.url : asked);
    if (of === issuer.origin) return house.fetch(href, init);
    return of === origin ? services.fetch(new Request(href, init)) : real(asked, init);
  });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await house.close();
});

/** A browser at the service: it keeps its cookies. */
function visitor() {
  const cookies = new Map<string, string>();
  return async (url: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await services.fetch(new Request(url, { headers: { cookie } }));
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return { location: answer.headers.get('location') ?? '', text: await answer.text() };
  };
}

test('T-ENT-04: who is suspended by staff is signed out of the service, which learns why without asking', async () => {
  const { world } = house;
  const open = visitor();
  const { location: asked } = await open(`${base}/start`);
  const { location: back } = await new Browser(house, sessionToken).open(asked);
  expect(back?.href).toContain(`${base}/callback`);
  expect((await open(back?.href ?? '')).location).toBe(base);
  expect((await open(base)).text).toContain('林知远');
  expect((await open(`${base}/received`)).text).not.toContain('<li>');

  const { signedIn } = await applicantOf(world, sessionToken);
  const agent = await staffNamed(world, 'reviewer', { name: '客服一' });
  await requestCorrection(agent.ctx, agent.staff, {
    accountId: signedIn.account.id,
    kind: 'suspend',
    value: 'taken_over',
    evidence: '本人来电，账号被盗，工单 78',
  });
  const ctx = world.ctx();
  const { done, facts } = await deliverEvents(ctx, await createSendToken(ctx, fetch));
  expect([done, facts]).toEqual([3, { refused: 0, postponed: 0, expired: 0, waiting: 0 }]);
  expect((await open(base)).text).toContain('登录');
  const { text } = await open(`${base}/received`);
  expect(text.match(/account-disabled|session-revoked/g)).toEqual([
    'account-disabled',
    'session-revoked',
  ]);
});
