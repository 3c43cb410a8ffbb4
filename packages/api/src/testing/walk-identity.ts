import type { AppErrorCode } from '@shiming/domain';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) throw new Error(`not ${code}: ${JSON.stringify(answer.app)}`);
}

/** Registers with a mobile alone, at a portal that asks for the real-name information afterwards, and gives it. */
export async function walkIdentity(
  world: TestWorld,
  { call, callWhile }: TestBrowser,
  takenNumber: string,
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const mobile = '19900000093';
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { email: '', mobile, ticket }));
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  succeeded(await call('registration.proveContact', { code }));
  succeeded(await call('registration.savePassword', passwordAnswers));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  const document = documentAnswersOf(citizenWith(world, { outcome: 'match' }));
  const own = { ...document, number: '110199198805050048' };
  const child = {
    ...document,
    number: '110199201805050018',
    validityStart: { year: '2024', month: '5', day: '5' },
    validityTerm: '5',
  };
  const give = (answers: object) => call('identity.give', answers);
  refused(await give(child), 'guardian.required');
  refused(await give({ ...child, guardianCode: 'ABCD-EFGH' }), 'guardian.code_refused');
  refused(await give({ ...document, number: takenNumber }), 'registration.number_taken');
  await useUp('identity', 5);
  refused(await give(own), 'request.too_many');
  await giveBack('identity');
  refused(await callWhile('identity.give', own, () => give(own), 2), 'request.stale');
  refused(await give(own), 'request.stale');
}
