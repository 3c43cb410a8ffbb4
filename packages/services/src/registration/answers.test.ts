import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../recovery/identify.ts';
import { currentRecovery } from '../recovery/current.ts';
import { sendRecoveryLink } from '../recovery/send-link.ts';
import {
  askForCode,
  askForRecoveryCode,
  citizenNamed,
  register,
  registerUntilContact,
} from '../testing/people.ts';
import { chatOn, codeIn } from '../testing/chat.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { registrationValidMs } from './draft.ts';
import { proveContact } from './prove-contact.ts';
import { saveDocument } from './save-document.ts';
import { savePassword } from './save-password.ts';
import { sendWeChatCode } from './send-wechat-code.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

test('each step answers where the registration stands, as a page that asks would be told', async () => {
  const ctx = world.ctx();
  const citizen = citizenNamed('林知远');
  const answers = documentAnswersOf(citizen);
  const { token, registration: begun } = await saveDocument(ctx, null, answers);
  const current = () => currentRegistration(ctx, token);
  expect(begun).toEqual(await current());
  expect(begun.step).toBe('password');

  const passwords = { password: testPassword, passwordAgain: testPassword };
  const withPassword = await savePassword(ctx, token, passwords);
  expect(withPassword).toEqual(await current());
  expect(withPassword.step).toBe('contact');

  const { outcome: _outcome, ...sent } = await askForCode(ctx, token ?? '', citizen.mobile);
  expect(sent).toEqual(await current());
  expect(sent).toMatchObject({ step: 'code', remainingToday: 2, code: { triesLeft: 5 } });

  const email = 'someone@example.com';
  const ticket = await giveTestTicket(ctx, 'register');
  const drawn = await sendWeChatCode(ctx, token, { email, mobile: citizen.mobile, ticket });
  expect(drawn).toEqual(await current());
  expect(drawn).toMatchObject({ channel: 'wechat', scene: { isScanned: false } });

  const person = await chatOn(world, citizen.mobile);
  await person.scan(drawn.scene?.url ?? '');
  await person.follow();
  const { text } = await person.type(citizen.number);
  const proved = await proveContact(ctx, token, { code: codeIn(text) });
  expect(proved).toEqual(await current());
  expect(proved).toMatchObject({ step: 'check', code: null });

  const corrected = await saveDocument(ctx, token, answers);
  expect(corrected.registration).toEqual(await current());
  expect(corrected.registration.step).toBe('check');
  const changed = await saveDocument(ctx, token, documentAnswersOf(citizenNamed('沈秀兰')));
  expect(changed.registration).toEqual(await current());
  expect(changed.registration).toMatchObject({ step: 'password', hasPassword: false });
});

test('a registration does not end before the code that was sent in its last minute', async () => {
  const citizen = citizenNamed('何俊彦');
  const token = await registerUntilContact(world.ctx(), citizen);
  world.advance(registrationValidMs - 60_000);
  await askForCode(world.ctx(), token, citizen.mobile);
  const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  world.advance(5 * 60_000 - 1);
  expect((await proveContact(world.ctx(), token, { code })).step).toBe('check');
});

test('each step of a recovery answers where it stands, as a page that asks would be told', async () => {
  const ctx = world.ctx();
  const citizen = citizenNamed('林知远');
  await register(world, citizen);
  world.advance(60_000);
  const { documentType, number, name } = citizen;
  const ticketFor = () => giveTestTicket(ctx, 'recover');
  const ticket = await ticketFor();
  const { token, recovery } = await identify(ctx, { documentType, number, name, ticket });
  const current = () => currentRecovery(ctx, token);
  expect(recovery).toEqual(await current());
  expect(await sendRecoveryLink(ctx, token, { ticket: await ticketFor() })).toEqual(
    await current(),
  );
  const { outcome: _outcome, ...sent } = await askForRecoveryCode(ctx, token);
  expect(sent).toEqual(await current());
});
