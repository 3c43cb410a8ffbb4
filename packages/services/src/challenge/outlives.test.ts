import { challengeTable, contactChangeTable, recoveryTable, registrationTable } from '@shiming/db';
import { contactKinds, type Portal, portals } from '@shiming/domain';
import { fourthPortal } from '@shiming/domain/testing/fourth-portal';
import { max, min } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginContactChange } from '../contact/begin.ts';
import type { Ctx } from '../context.ts';
import { beginRecovery } from '../recovery/begin.ts';
import { saveDocument } from '../registration/save-document.ts';
import { savePassword } from '../registration/save-password.ts';
import { sendCode } from '../registration/send-code.ts';
import {
  applicantOf,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  register,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const citizen = citizenNamed('林知远');
const values = { mobile: '19900000077', email: 'zhixing@example.com' };

/** Sends a code in a registration of the portal, up to where it asks for one. */
async function sendInRegistration(ctx: Ctx, kind: (typeof contactKinds)[number]) {
  const { steps } = ctx.portal.flows.register;
  const before = new Set(steps.slice(0, steps.indexOf('contact')));
  let token: string | null = null;
  if (before.has('document')) {
    ({ token } = await saveDocument(ctx, null, documentAnswersOf(citizen)));
  }
  if (before.has('password')) {
    await savePassword(ctx, token, { password: testPassword, passwordAgain: testPassword });
  }
  const ticket = await giveTestTicket(ctx, 'register');
  const given = ctx.portal.contacts.asks === 'all' ? values : { [kind]: values[kind] };
  await sendCode(ctx, token, { email: '', mobile: '', ...given, ticket });
}

async function sendInRecovery(ctx: Ctx, kind: (typeof contactKinds)[number]) {
  if (ctx.portal.flows.recover.steps[0] === 'user_name') {
    const ticket = await giveTestTicket(ctx, 'recover');
    await beginRecovery(ctx, { name: values[kind], ticket });
    return;
  }
  await register(world, citizen);
  world.advance(60_000);
  await askForRecoveryCode(ctx, await identifyAs(ctx, citizen));
}

async function sendInChange(ctx: Ctx, kind: (typeof contactKinds)[number]) {
  const other = kind === 'mobile' ? 'email' : 'mobile';
  const { sessionToken } = await registerWithoutIdentity(world, { [other]: values[other] });
  const { signedIn } = await applicantOf(world, sessionToken);
  const ticket = await giveTestTicket(ctx, 'contact');
  await beginContactChange(ctx, signedIn, { kind, value: values[kind], ticket });
}

const rooms = [
  ['registration', sendInRegistration, registrationTable],
  ['recovery', sendInRecovery, recoveryTable],
  ['change of contact', sendInChange, contactChangeTable],
] as const;

const each = [...portals, fourthPortal].flatMap((portal) =>
  rooms.flatMap(([room, send, table]) =>
    contactKinds
      .filter((kind) => room === 'change of contact' || portal.contacts.kinds.includes(kind))
      .map((kind) => [portal.id, room, kind, portal, send, table] as const),
  ),
);

test.each(each)(
  'S-REG-05: at the portal %s nothing of a %s ends before its code by %s',
  async (_id, _room, kind, portal: Portal, send, table) => {
    const ctx = { ...world.ctx(), portal };
    await send(ctx, kind);
    const [[code], [stands]] = await ctx.db.batch([
      ctx.db.select({ untilMs: max(challengeTable.expiresAtMs) }).from(challengeTable),
      ctx.db.select({ untilMs: min(table.expiresAtMs) }).from(table),
    ]);
    expect(code?.untilMs).toBeGreaterThan(ctx.now());
    expect(stands?.untilMs).toBeGreaterThanOrEqual(code?.untilMs ?? Infinity);
  },
);
