import { newSession } from '@shiming/services/session/session';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import type { MinistryForTests } from '@shiming/services/testing/ministry';
import { registerWithoutIdentity } from '@shiming/services/testing/people';
import type { AppErrorCode } from '@shiming/domain';
import { expect } from 'vitest';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) throw new Error(`not ${code}: ${JSON.stringify(answer.app)}`);
}

/**
 * An account of the ministry that is linked, signs in, and is let go. The second browser is of somebody whose name is on
 * record, the third at an operator that is no client of the ministry.
 */
export async function walkMinistry(
  world: TestWorld,
  [browser, named, nowhere]: readonly [TestBrowser, TestBrowser, TestBrowser],
  { provider }: MinistryForTests,
  useUp: (kind: string, times: number) => Promise<void>,
): Promise<void> {
  const user = { sub: 'walk', name: '无此人' };
  const go = async ({ call }: TestBrowser, purpose: 'sign_in' | 'link') => {
    const { url } = succeeded(await call('ministry.begin', { purpose })) as { url: string };
    return { query: provider.signIn(url, user) };
  };
  const come = async (of: TestBrowser, purpose: 'sign_in' | 'link') =>
    of.call('ministry.arrive', await go(of, purpose));

  refused(await nowhere.call('ministry.begin', { purpose: 'sign_in' }), 'request.not_found');
  refused(await nowhere.call('ministry.arrive', { query: '' }), 'request.not_found');
  const { call, callWhile, cookies } = browser;
  provider.state.isDown = true;
  refused(await call('ministry.begin', { purpose: 'sign_in' }), 'ministry.unavailable');
  provider.state.isDown = false;
  const { query } = await go(browser, 'sign_in');
  const denied = new URLSearchParams(query);
  denied.delete('code');
  denied.set('error', 'access_denied');
  refused(await call('ministry.arrive', { query: `?${denied}` }), 'ministry.denied');
  refused(await call('ministry.arrive', { query }), 'ministry.refused');
  const gone = await go(browser, 'sign_in');
  provider.state.isDown = true;
  refused(await call('ministry.arrive', gone), 'ministry.unavailable');
  provider.state.isDown = false;

  succeeded(await come(browser, 'sign_in'));
  succeeded(await call('ministry.arrival'));
  succeeded(await call('ministry.leave'));
  const { sessionToken } = await registerWithoutIdentity(world, { mobile: '19900000131' });
  cookies.set('session', sessionToken);
  refused(await call('ministry.link'), 'ministry.refused');
  succeeded(await come(browser, 'link'));
  const prove = (atMs: number | null) =>
    world.ctx().db.run(`update session set proved_at_ms = ${atMs}`);
  await prove(null);
  refused(await call('ministry.link'), 'proof.required');
  refused(await call('ministry.unlink'), 'proof.required');
  await prove(world.nowMs());

  // Two arrive before either has linked it.
  const ctx = world.ctx();
  const [account] = await ctx.db.all<{ id: string }>(
    "select id from account where document_type is not null and status = 'active' limit 1",
  );
  const session = await newSession(ctx, account?.id ?? '', { isProved: true });
  await session.statement;
  named.cookies.set('session', session.token);
  succeeded(await come(named, 'link'));
  refused(await named.call('ministry.link'), 'ministry.name_differs');
  const nobody = await registerWithoutIdentity(world, { mobile: '19900000132' });
  named.cookies.set('session', nobody.sessionToken);
  succeeded(await call('ministry.link'));
  refused(await named.call('ministry.link'), 'ministry.linked_elsewhere');
  refused(await come(named, 'link'), 'ministry.linked_elsewhere');
  succeeded(await call('ministry.current'));

  succeeded(await come(named, 'sign_in'));
  const overtaken = await callWhile(
    'ministry.arrive',
    await go(browser, 'sign_in'),
    async () => {
      await prove(world.nowMs());
      succeeded(await named.call('ministry.unlink'));
    },
    1,
  );
  refused(overtaken, 'request.stale');
  refused(await call('ministry.unlink'), 'ministry.not_linked');
  cookies.delete('session');
  refused(await call('ministry.current'), 'session.required');
  refused(await call('ministry.link'), 'session.required');
  refused(await call('ministry.unlink'), 'session.required');

  // Somebody else registers after coming from there, and the account is linked.
  user.sub = 'walk-registers';
  succeeded(await come(browser, 'sign_in'));
  const document = documentAnswersOf(citizenWith(world, { outcome: 'match' }));
  const own = { ...document, name: user.name, number: '110199199003030023' };
  succeeded(await call('registration.saveDocument', own));
  succeeded(await call('registration.savePassword', passwordAnswers));
  const contact = { email: 'someone@example.com', mobile: '19900000133' };
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { ...contact, ticket }));
  const code = world.sandbox.phone.lastCode(contact.mobile) ?? '';
  succeeded(await call('registration.proveContact', { code }));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  expect(succeeded(await call('ministry.current'))).toEqual({ linkedAtMs: world.nowMs() });

  await useUp('ministry.begin', 2_000);
  refused(await call('ministry.begin', { purpose: 'sign_in' }), 'request.too_many');
}
