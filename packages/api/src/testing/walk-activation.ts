import type { AppErrorCode } from '@shiming/domain';
import type { TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { passwordAnswers, succeeded, ticketFor } from './journey.ts';

/** S-REG-02 to 05: the link of an activation mail, in every way in which it ends. `other` has begun nothing. */
export async function walkActivation(
  world: TestWorld,
  { call, callWhile }: TestBrowser,
  other: TestBrowser,
  is: (answer: Answer, code: AppErrorCode) => void,
): Promise<void> {
  const email = 'jihuo@example.com';
  const send = async (from: TestBrowser['call']) => {
    const ticket = await ticketFor(from, world, 'register');
    succeeded(await from('registration.sendCode', { email, mobile: '', ticket }));
    await world.settle();
    world.advance(60_000);
    const link = world.sandbox.mail.messages(email).at(-1)?.links[0]?.split('#')[1];
    return { link: link ?? '' };
  };
  const none = { link: 'none.such' };
  is(await call('registration.openActivation', none), 'link.expired');
  is(await call('registration.activate', none), 'link.expired');

  const given = await send(call);
  succeeded(await call('registration.openActivation', given));
  const bump = async () => world.ctx().db.run('update registration set version = version + 1');
  is(await callWhile('registration.activate', given, bump, 2), 'request.stale');
  const link = await send(call);
  succeeded(await other.call('registration.activate', link));
  is(await call('registration.openActivation', link), 'link.used');
  is(await call('registration.activate', link), 'link.used');
  succeeded(await other.call('registration.savePassword', passwordAnswers));
  succeeded(await other.call('registration.submit', { hasAgreed: true }));

  const late = await send(call);
  is(await call('registration.activate', late), 'registration.contact_taken');
}
