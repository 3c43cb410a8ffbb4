import { attestationTable, authorisationTable, outboxTable, sessionTable } from '@shiming/db';
import { businessPortal, shanghaiDate } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthorisation } from '../authorisation/own.ts';
import { giveConsent } from '../data/consents.ts';
import { inPortal } from '../context.ts';
import { enterService } from '../entry/services.ts';
import { currentRecovery } from '../recovery/current.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { sendRecoveryLink } from '../recovery/send-link.ts';
import { authenticate, type SignedIn } from '../session/session.ts';
import { attestFor } from '../testing/attestations.ts';
import { registerAtBusiness } from '../testing/business.ts';
import { citizenNamed, identifyAs, recoverUntilCode, signInAs } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';

const citizen = citizenNamed('林知远');
const newPassword = 'Zhuye-47*stone';
let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
  await registerAtBusiness(world, citizen);
  world.advance(24 * 3_600_000);
});
afterAll(() => world.close());

const business = () => inPortal(world.ctx(), businessPortal.id);
const signIn = async (name: string, password = testPassword): Promise<SignedIn> => {
  const { sessionToken } = await signInAs(business(), name, password);
  const signedIn = await authenticate(business(), sessionToken);
  if (signedIn === null) throw new Error('nobody is signed in');
  return signedIn;
};

test('E-LOG-01: number and password sign in at level 3; a contact is no name here, and a number without an account is answered alike', async () => {
  expect(await signIn(citizen.number)).toMatchObject({ level: 3, account: { portal: 'business' } });
  expect(await refusalOf(signIn(citizen.mobile))).toMatchObject({
    code: 'input.invalid',
    fields: { name: 'document_number.format' },
  });
  const wrong = await refusalOf(signIn(citizen.number, 'Lanhua-83*river'));
  const nobody = await refusalOf(signIn(citizenNamed('沈秀兰').number, 'Lanhua-83*river'));
  expect([wrong, nobody]).toEqual([wrong, wrong]);
  expect(wrong).toMatchObject({ code: 'login.refused' });
});

test('E-PWD-01, E-AUT-01: without a mail address the code by SMS resets the password, and ends sessions and the authorisation', async () => {
  const before = await signIn(citizen.number);
  await attestFor(world, before.account.id, 'face');
  const proved = { ...before, level: 4, provedAtMs: world.nowMs() } as const;
  await openAuthorisation(business(), proved, {
    purposes: ['establish'],
    lastDay: shanghaiDate(world.nowMs()),
    uses: 'until_day',
    count: '',
  });
  const nameless = await refusalOf(identifyAs(business(), { ...citizen, name: '林知近' }));
  const unknown = await refusalOf(identifyAs(business(), citizenNamed('沈秀兰')));
  expect(nameless.code).toBe(unknown.code);
  const { token, code } = await recoverUntilCode(world, citizen, business());
  expect(await currentRecovery(business(), token)).toMatchObject({ maskedEmail: '' });
  const ticket = await giveTestTicket(business(), 'recover');
  // Asked for all the same, no link goes anywhere.
  await sendRecoveryLink(business(), token, { ticket });
  const outbox = await world.ctx().db.select().from(outboxTable);
  const mails = outbox.filter(({ channel, status }) => channel === 'mail' && status !== 'failed');
  expect(mails).toEqual([]);
  await resetPassword(business(), token, {
    code,
    password: newPassword,
    passwordAgain: newPassword,
  });
  const { db } = world.ctx();
  const [session] = await db
    .select()
    .from(sessionTable)
    .where(eq(sessionTable.id, before.sessionId));
  expect(session?.endedAtMs).toBe(world.nowMs());
  expect(await db.select().from(authorisationTable)).toMatchObject([{ closedBy: 'secured' }]);
  expect(await refusalOf(signIn(citizen.number))).toMatchObject({ code: 'login.refused' });
  expect(await signIn(citizen.number, newPassword)).toMatchObject({ level: 4 });
});

test('E-LVL-01, E-AUT-01: the service opens at level 4 alone, once the person has agreed to hand the name over', async () => {
  const { db } = world.ctx();
  const service = { serviceId: 'company-registration' };
  const four = await signIn(citizen.number, newPassword);
  expect(() => enterService(business(), four, service)).toThrow('consent.required');
  await giveConsent(business(), four, { kind: 'service', ...service, hasAgreed: false });
  expect(
    enterService(business(), await signIn(citizen.number, newPassword), service),
  ).toMatchObject({ isOpen: true });
  await db
    .update(attestationTable)
    .set({ revokedAtMs: world.nowMs() })
    .where(eq(attestationTable.kind, 'face'));
  const three = await signIn(citizen.number, newPassword);
  expect(three.level).toBe(3);
  expect(() => enterService(business(), three, service)).toThrow('service.not_verified');
});
