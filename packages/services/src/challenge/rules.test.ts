import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginContactChange } from '../contact/begin.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import type { Ctx } from '../context.ts';
import { proveByCode } from '../proof/by-code.ts';
import { sendProofCode } from '../proof/send-code.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { askForCode, citizenNamed, registerUntilContact, register } from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

/** A portal whose codes differ by the kind of contact that they go to. */
function withRules(ctx: Ctx): Ctx {
  const { sms, mail, weChat } = ctx.portal.codes;
  const codes = { sms: { ...sms, digits: 4 }, mail: { ...mail, digits: 8 }, weChat };
  return { ...ctx, portal: { ...ctx.portal, codes } };
}
const mailedCode = async (address: string) => {
  await world.settle();
  const mail = world.sandbox.mail
    .messages(address)
    .findLast(({ subject }) => /\d{8}/.test(subject));
  return /\d{8}/.exec(mail?.subject ?? '')?.[0] ?? '';
};

test('a code is read by the rule of the kind that it went to, in every room', async () => {
  const citizen = citizenNamed('林知远');
  const registering = withRules(world.ctx());
  const token = await registerUntilContact(registering, citizen);
  await askForCode(registering, token, citizen.mobile);
  const sent = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  expect(sent).toMatch(/^\d{4}$/);
  expect((await proveContact(registering, token, { code: sent })).step).toBe('check');

  const other = await proved(world, await register(world, citizenNamed('沈秀兰')));
  const ctx = withRules(other.ctx);
  const ticketFor = () => giveTestTicket(ctx, 'contact');
  await sendProofCode(ctx, other.signedIn, { channel: 'mail', ticket: await ticketFor() });
  const proof = await mailedCode('someone@example.com');
  expect((await proveByCode(ctx, other.signedIn, { code: proof })).sessionToken).not.toBe('');

  const again = await proved(world, other);
  const value = 'new.address@example.com';
  const begun = withRules(again.ctx);
  const ticket = await ticketFor();
  await beginContactChange(begun, again.signedIn, { kind: 'email', value, ticket });
  await confirmContactChange(begun, again.signedIn, { code: await mailedCode(value) });
});
