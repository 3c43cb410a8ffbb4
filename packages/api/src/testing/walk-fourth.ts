import type { AppErrorCode } from '@shiming/domain';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) throw new Error(`not ${code}: ${JSON.stringify(answer.app)}`);
}

/**
 * Walks through a registration that begins with a mobile and its code, and ends with the document: at a portal that no
 * service, procedure or page knows. `takenNumber` is one that has an account.
 */
export async function walkFourth(
  world: TestWorld,
  { call, callWhile }: TestBrowser,
  other: TestBrowser,
  takenNumber: string,
): Promise<void> {
  const mobile = '19900000095';
  const lin = citizenWith(world, { outcome: 'match' });
  const document = { ...documentAnswersOf(lin), number: '110199198805050013' };
  const register = async (by: TestBrowser['call'], number = mobile) =>
    by('registration.sendCode', {
      email: 'not asked',
      mobile: number,
      ticket: await ticketFor(by, world, 'register'),
    });
  const prove = (by: TestBrowser['call'], number = mobile) =>
    by('registration.proveContact', { code: world.sandbox.phone.lastCode(number) ?? '' });
  refused(await call('registration.saveDocument', document), 'registration.not_started');
  refused(await call('registration.savePassword', passwordAnswers), 'registration.not_started');
  succeeded(await register(call));
  refused(await call('registration.saveDocument', document), 'registration.out_of_order');
  refused(await call('registration.savePassword', passwordAnswers), 'registration.out_of_order');
  succeeded(await prove(call));
  refused(await call('registration.saveDocument', document), 'registration.out_of_order');
  succeeded(await call('registration.savePassword', passwordAnswers));
  const again = () => call('registration.savePassword', passwordAnswers);
  refused(await callWhile('registration.saveDocument', document, again), 'request.stale');
  succeeded(await call('registration.saveDocument', document));
  // One phone that is proved may be told of one number: for another it is proved again.
  const taken = { ...document, number: takenNumber };
  const changed = succeeded(await call('registration.saveDocument', taken)) as { step: string };
  if (changed.step !== 'contact') throw new Error('another number did not begin again');
  world.advance(61_000);
  succeeded(await register(call));
  refused(await prove(call), 'registration.number_taken');
  succeeded(await call('registration.savePassword', passwordAnswers));
  succeeded(await call('registration.saveDocument', document));
  world.advance(61_000);
  succeeded(await register(call));
  succeeded(await prove(call));
  succeeded(await call('registration.savePassword', passwordAnswers));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  succeeded(await call('session.current'));
  const signInBy = async (name: string) =>
    call('login.signIn', {
      name,
      password: passwordAnswers.password,
      ticket: await ticketFor(call, world, 'login'),
    });
  succeeded(await signInBy(mobile));
  // This portal does not sign in with a number.
  refused(await signInBy(document.number), 'input.invalid');

  const stranger = '19900000096';
  succeeded(await register(other.call, stranger));
  succeeded(await prove(other.call, stranger));
  succeeded(await other.call('registration.savePassword', passwordAnswers));
  refused(await other.call('registration.saveDocument', taken), 'registration.number_taken');

  // Who proves a mobile that an account is signed in to by reads that it is; a registration that was quicker has it.
  other.cookies.delete('registration');
  world.advance(61_000);
  succeeded(await register(other.call));
  refused(await prove(other.call), 'registration.contact_taken');
  const shared = '19900000094';
  const others = [call, other.call];
  for (const by of others) {
    world.advance(61_000);
    succeeded(await register(by, shared));
    succeeded(await prove(by, shared));
    succeeded(await by('registration.savePassword', passwordAnswers));
  }
  const nobody = { ...document, number: '110199198805050021' };
  succeeded(await call('registration.saveDocument', nobody));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  succeeded(
    await other.call('registration.saveDocument', { ...document, number: '11019919880505003X' }),
  );
  refused(
    await other.call('registration.submit', { hasAgreed: true }),
    'registration.contact_taken',
  );
}
