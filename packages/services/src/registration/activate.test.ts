import { registrationTable } from '@shiming/db';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { missingOf } from '../account/account.ts';
import { type Ctx, inPortal } from '../context.ts';
import { signIn } from '../login/sign-in.ts';
import { authenticate } from '../session/session.ts';
import { registerWithoutIdentity } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { activate, openActivation } from './activate.ts';
import { currentRegistration } from './current.ts';
import { proveContact } from './prove-contact.ts';
import { savePassword } from './save-password.ts';
import { sendCode } from './send-code.ts';
import { submitRegistration } from './submit.ts';

const email = 'zhixing@example.com';
const mobile = '19900000077';
const day = 24 * 3_600_000;
const answers = { password: testPassword, passwordAgain: testPassword };
const used = { code: 'link.used', for: 'registration.link' };
const expired = { code: 'link.expired' };

let world: TestWorld;
let ctx: Ctx;
beforeEach(async () => {
  world = await createTestWorld();
  ctx = inPortal(world.ctx(), 'student');
});
afterEach(() => world.close());

const mails = (address = email) => world.sandbox.mail.messages(address);
const newest = (address = email) => {
  const mail = mails(address).at(-1);
  if (mail === undefined) throw new Error(`no mail to ${address}`);
  const link = mail.links[0]?.split('#')[1] ?? '';
  return { mail, link, code: /校验码 (\d{6})/.exec(mail.text ?? '')?.[1] ?? '' };
};

async function send(token: string | null, contact: { email?: string; mobile?: string }) {
  const ticket = await giveTestTicket(ctx, 'register');
  const sent = await sendCode(ctx, token, { email: '', mobile: '', ...contact, ticket });
  await world.settle();
  return sent;
}

/** A registration by mail that waits for its activation. */
async function begin() {
  const { token } = await send(null, { email });
  if (token === null) throw new Error('nothing has begun');
  return { token, ...newest() };
}

test('S-REG-02, S-REG-10: the mail has the title of the portal, a link of its own and a code, in both languages', async () => {
  const { mail, link } = await begin();
  expect(mail.subject).toMatch(/^学信网帐号激活邮件 \/ Activate your account/);
  expect(mail.text).toContain('1 天内有效');
  expect(mail.text).toContain('works once, within 1 day');
  expect(mail.links).toEqual([`${ctx.address}/register/activation#${link}`]);
  await send(null, { email: 'other@example.com' });
  expect(newest('other@example.com').link).not.toBe(link);
});

describe('in the browser that began', () => {
  test('a press activates, opening the link does not, and the registration goes on', async () => {
    const { token, link } = await begin();
    for (let scan = 0; scan < 3; scan += 1) {
      expect(await openActivation(ctx, token, { link })).toEqual({
        masked: 'zh****@example.com',
        isHere: true,
      });
    }
    expect((await currentRegistration(ctx, token))?.step).toBe('code');
    const { token: moved, registration } = await activate(ctx, token, { link });
    expect([moved, registration.step]).toEqual([null, 'password']);
    await savePassword(ctx, token, answers);
    await submitRegistration(ctx, token, { hasAgreed: true });
    expect(await refusalOf(openActivation(ctx, null, { link }))).toEqual(used);
    const ticket = await giveTestTicket(ctx, 'login');
    await signIn(ctx, { name: email, password: testPassword, ticket });
  });

  test('a link that was used, or whose code was typed, activates no second time', async () => {
    const first = await begin();
    await activate(ctx, first.token, first);
    expect(await refusalOf(activate(ctx, first.token, first))).toEqual(used);
    world.advance(day);
    const second = await begin();
    await proveContact(ctx, second.token, second);
    expect(await refusalOf(activate(ctx, second.token, second))).toEqual(used);
  });

  test('of ten presses at once one activates', async () => {
    const { token, link } = await begin();
    const { done, refused } = await atOnce(10, async (index) =>
      activate(ctx, index % 2 === 0 ? token : null, { link }),
    );
    const { 'link.used': late = 0, 'request.stale': stale = 0 } = codesOf(refused);
    expect([done.length, late + stale]).toEqual([1, 9]);
  });
});

describe('in another browser', () => {
  test('the registration goes on there, with nothing but the address, and ends where it began', async () => {
    const { token, link } = await begin();
    expect((await openActivation(ctx, null, { link })).isHere).toBe(false);
    const { token: moved, registration } = await activate(ctx, null, { link });
    expect(registration).toMatchObject({ step: 'password', contact: { email, mobile: '' } });
    expect(await currentRegistration(ctx, token)).toBeNull();
    await savePassword(ctx, moved, answers);
    const { sessionToken } = await submitRegistration(ctx, moved, { hasAgreed: true });
    expect(await authenticate(ctx, sessionToken)).not.toBeNull();
  });

  test('the cookie of another registration is none of this one', async () => {
    const { link } = await begin();
    const { token: other } = await send(null, { mobile });
    expect((await openActivation(ctx, other, { link })).isHere).toBe(false);
    expect((await activate(ctx, other, { link })).token).not.toBeNull();
  });
});

/** What an account that registers by an address lacks. */
const missingAfter = async (address: string) => {
  const { token } = await send(null, { email: address });
  await activate(ctx, token, newest(address));
  await savePassword(ctx, token, answers);
  const { sessionToken } = await submitRegistration(ctx, token, { hasAgreed: true });
  const signedIn = await authenticate(ctx, sessionToken);
  return signedIn && missingOf(ctx, signedIn);
};

test('S-REG-08: whoever registers by an address of a school needs no mobile number', async () => {
  expect(await missingAfter('a@stu.pdy.edu.cn')).toEqual(['identity']);
  expect(await missingAfter('a@alumni.pdy.edu.cn')).toEqual(['identity', 'binding']);
});

test('S-REG-05: a link is good for a day to the millisecond, and the registration as long', async () => {
  const { token, link } = await begin();
  world.advance(day - 1);
  await openActivation(ctx, token, { link });
  expect((await currentRegistration(ctx, token))?.step).toBe('code');
  world.advance(1);
  expect(await refusalOf(openActivation(ctx, token, { link }))).toEqual(expired);
  expect(await refusalOf(activate(ctx, token, { link }))).toEqual(expired);
});

test('another mail, another contact and another portal make a link void; so does giving the registration up', async () => {
  const { token, link } = await begin();
  expect(await refusalOf(activate(inPortal(ctx, 'teacher'), token, { link }))).toEqual(expired);
  world.advance(60_000);
  await send(token, { email });
  expect(await refusalOf(activate(ctx, token, { link }))).toEqual(expired);
  const second = newest();
  world.advance(60_000);
  await send(token, { mobile });
  expect(await refusalOf(activate(ctx, token, second))).toEqual(expired);
  const third = await refusalOf(activate(ctx, token, { link: `${link.split('.')[0]}.made-up` }));
  expect(third).toEqual(expired);
  await ctx.db.delete(registrationTable);
  expect(await refusalOf(activate(ctx, token, second))).toEqual(expired);
});

describe('X-03, S-REG-03: an address that has an account', () => {
  test('gets the same answer, the same mail and the same statements; the one who holds it reads so after the press', async () => {
    const told = async (address: string) => {
      const ticket = await giveTestTicket(ctx, 'register');
      const before = ctx.db.meter.roundTrips;
      const { token, ...answer } = await sendCode(ctx, null, {
        email: address,
        mobile: '',
        ticket,
      });
      const roundTrips = ctx.db.meter.roundTrips - before;
      await world.settle();
      const { remainingToday, step } = answer.registration;
      const { subject, text } = newest(address).mail;
      const mail = text?.replaceAll(/#\S+|\d{6}/g, '');
      return { token, said: { remainingToday, step, roundTrips, subject, mail } };
    };
    await registerWithoutIdentity(world, { email }, 'student');
    const taken = await told(email);
    expect(taken.said).toEqual((await told('nobody@example.com')).said);
    const { link } = newest();
    expect(await openActivation(ctx, taken.token, { link })).toMatchObject({ isHere: true });
    expect(await refusalOf(activate(ctx, taken.token, { link }))).toEqual({
      code: 'registration.contact_taken',
    });
  });
});
