import type { AppErrorCode } from '@shiming/domain';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) throw new Error(`not ${code}: ${JSON.stringify(answer.app)}`);
}

/** Registers at a portal that checks who somebody is before there is an account. `unable` is where no authority can. */
export async function walkBusiness(
  world: TestWorld,
  { call, callWhile, cookies }: TestBrowser,
  unable: TestBrowser,
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const verify = () => call('registration.verify');
  refused(await verify(), 'registration.not_started');
  const mobile = '19900000092';
  const document = documentAnswersOf(citizenWith(world, { outcome: 'no_record' }));
  succeeded(await call('registration.saveDocument', document));
  refused(await verify(), 'registration.out_of_order');
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { email: '', mobile, ticket }));
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  succeeded(await call('registration.proveContact', { code }));
  const savePassword = () => call('registration.savePassword', passwordAnswers);
  succeeded(await savePassword());

  unable.cookies.set('registration', cookies.get('registration') ?? '');
  refused(await unable.call('registration.verify'), 'verification.no_authority');
  refused(await callWhile('registration.verify', undefined, savePassword), 'request.stale');
  let second: Answer | null = null;
  const first = await callWhile(
    'registration.verify',
    undefined,
    async () => {
      second = await verify();
    },
    2,
  );
  succeeded(first);
  refused(second ?? first, 'verification.in_progress');
  succeeded(await verify());
  succeeded(await verify());
  refused(await verify(), 'verification.day_limit');
  await useUp('verification.asked', 10);
  await giveBack('verification');
  refused(await verify(), 'request.too_many');
  succeeded(await call('registration.discard'));
}
