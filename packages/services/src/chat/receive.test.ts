import {
  allowanceTable,
  challengeTable,
  registrationTable,
  identifierTable,
  wechatPushTable,
  wechatSceneTable,
} from '@shiming/db';
import { weChatReplies } from '@shiming/domain';
import type { WeChatPush } from '@shiming/providers';
import { openIdOf, type WeChatUser } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proved } from '../testing/proofs.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import { beginContactChange } from '../contact/begin.ts';
import { provedAtMsOf } from '../account/account.ts';
import { clearExpired } from '../jobs/clear-expired.ts';
import { currentRegistration } from '../registration/current.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { saveDocument } from '../registration/save-document.ts';
import { sendWeChatCode } from '../registration/send-wechat-code.ts';
import { submitRegistration } from '../registration/submit.ts';
import { chatOn, codeIn } from '../testing/chat.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  applicantOf,
  askForCode,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  register,
  registerUntilContact,
  testEmail,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { storedBytes } from '../testing/storage.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { receiveWeChatPush } from './receive.ts';

const minute = 60_000;
const citizen = citizenNamed('林知远');
const other = citizenNamed('沈秀兰');

let world: TestWorld;
let token: string;
let person: WeChatUser;
beforeEach(async () => {
  world = await createTestWorld();
  token = await registerUntilContact(world.ctx(), citizen);
  person = await chatOn(world, citizen.mobile);
});
afterEach(() => world.close());

const weChats = () =>
  world.ctx().db.select().from(identifierTable).where(eq(identifierTable.kind, 'wechat'));

async function draw(cookie = token, mobile = citizen.mobile) {
  const ctx = world.ctx();
  const ticket = await giveTestTicket(ctx, 'register');
  const { scene } = await sendWeChatCode(ctx, cookie, { email: testEmail, mobile, ticket });
  if (scene === null) throw new Error('no QR code was drawn');
  return scene;
}

async function follow(user = person, cookie = token): Promise<string> {
  const { url } = await draw(cookie);
  await user.scan(url);
  if (!user.isFollowing) await user.follow();
  return url;
}

const stranger = () => chatOn(world, '19900000077');
const current = () => currentRegistration(world.ctx(), token);
const prove = (code: string) => proveContact(world.ctx(), token, { code });
const count = (table: Parameters<ReturnType<TestWorld['ctx']>['db']['$count']>[0]) =>
  world.ctx().db.$count(table);

describe('T-REG-13: a code by WeChat', () => {
  test('scan, follow, 「取验证码」, the number, the code: registered, and bound to that WeChat', async () => {
    const { url, expiresAtMs } = await draw();
    expect(expiresAtMs).toBe(world.nowMs() + 10 * minute);
    expect(await current()).toMatchObject({
      step: 'code',
      channel: 'wechat',
      code: null,
      scene: { url, expiresAtMs, isScanned: false, isAnswered: false },
    });
    await person.scan(url);
    expect((await person.follow()).text).toBe(weChatReplies.scannedRegistration);
    expect((await current())?.scene).toMatchObject({ isScanned: true, isAnswered: false });
    expect((await person.press('GET_CODE')).text).toBe(weChatReplies.sendNumber);
    const { text } = await person.type(` ${citizen.number.toLowerCase()} `);
    expect(text).toContain('5 分钟');
    expect(await current()).toMatchObject({
      scene: { isAnswered: true },
      code: { expiresAtMs: world.nowMs() + 5 * minute, triesLeft: 5 },
    });
    await prove(codeIn(text));
    await submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect((await weChats()).length).toBe(1);
  });

  test('who follows already scans, and need not press the menu', async () => {
    await follow();
    const again = await draw();
    expect((await person.scan(again.url)).text).toBe(weChatReplies.scannedRegistration);
    await prove(codeIn((await person.type(citizen.number)).text));
    expect((await current())?.step).toBe('check');
  });

  test('three pushes of each: one code, given once, in one answer', async () => {
    world.sandbox.wechat.repeat.setMode('thrice');
    await follow();
    const { texts, pushes } = await person.type(citizen.number);
    expect(pushes).toBe(3);
    expect(new Set(texts).size).toBe(1);
    expect(
      await world.ctx().db.select().from(allowanceTable).where(eq(allowanceTable.kind, 'wechat')),
    ).toHaveLength(1);
    await prove(codeIn(texts[0] ?? null));
  });

  test('X-02: fifty repetitions at once: one code, and everybody is told the same', async () => {
    await follow();
    const push: WeChatPush = {
      ...pushOf(person),
      eventId: 'm1',
      type: 'text',
      text: citizen.number,
    };
    const { done } = await atOnce(50, () => receiveWeChatPush(world.ctx(), push));
    expect(done).toHaveLength(50);
    expect(new Set(done).size).toBe(1);
    await prove(codeIn(done[0] ?? null));
    const claims = await world.ctx().db.select().from(allowanceTable);
    expect(
      claims.filter(({ kind }) => kind.startsWith('wechat') && !kind.startsWith('wechat.scene')),
    ).toHaveLength(1);
  });

  test('the MsgId of somebody else’s message is answered on its own: nobody gets the code of another', async () => {
    await follow();
    const push = { ...pushOf(person), eventId: 'm1', type: 'text', text: citizen.number } as const;
    expect(codeIn(await receiveWeChatPush(world.ctx(), push))).not.toBe('');
    const other = await receiveWeChatPush(world.ctx(), {
      ...push,
      openId: openIdOf('19900000077'),
    });
    expect(other).toBe(weChatReplies.numberRefused);
  });

  test('X-02: of twenty different messages at once five get a code, and one code is live', async () => {
    await follow();
    const { done } = await atOnce(20, (index) =>
      receiveWeChatPush(world.ctx(), {
        ...pushOf(person),
        eventId: `m${index}`,
        type: 'text',
        text: citizen.number,
      }),
    );
    expect(done.filter((text) => codeIn(text) !== '')).toHaveLength(5);
    expect(done.filter((text) => text === weChatReplies.dayLimit)).toHaveLength(15);
    const live = await world
      .ctx()
      .db.select()
      .from(challengeTable)
      .where(eq(challengeTable.purpose, 'registration.code'));
    expect(live).toHaveLength(1);
  });

  test('five a day for one WeChat, whatever it is for; the next day again', async () => {
    await follow();
    for (let times = 0; times < 5; times += 1) {
      expect(codeIn((await person.type(citizen.number)).text)).not.toBe('');
    }
    expect((await person.type(citizen.number)).text).toBe(weChatReplies.dayLimit);
    world.advance(12 * 60 * minute);
    await follow();
    expect(codeIn((await person.type(citizen.number)).text)).not.toBe('');
  });

  test('strangers who register with a number do not use up its holder’s codes', async () => {
    for (let index = 0; index < 6; index += 1) {
      const cookie = await registerUntilContact(world.ctx(), citizen);
      const user = await chatOn(world, `1990000006${index}`);
      await follow(user, cookie);
      expect(codeIn((await user.type(citizen.number)).text)).not.toBe('');
    }
  });

  test('the first who scans is who it is about: the next is told so and gets nothing', async () => {
    const url = await follow();
    const thief = await stranger();
    await thief.scan(url);
    expect((await thief.follow()).text).toBe(weChatReplies.sceneTaken);
    expect((await thief.press('GET_CODE')).text).toBe(weChatReplies.scanForCode);
    expect((await thief.type(citizen.number)).text).toBe(weChatReplies.numberRefused);
    expect(codeIn((await person.type(citizen.number)).text)).not.toBe('');
  });

  test('X-02: of thirty who scan at once one has it', async () => {
    await draw();
    const [scene] = await world.ctx().db.select().from(wechatSceneTable);
    const { done } = await atOnce(30, (index) =>
      receiveWeChatPush(world.ctx(), {
        openId: `o${index}`,
        accountId: 'gh',
        eventId: `e${index}`,
        type: 'scanned',
        scene: scene?.id ?? '',
      }),
    );
    expect(done.filter((text) => text === weChatReplies.scannedRegistration)).toHaveLength(1);
    expect(done.filter((text) => text === weChatReplies.sceneTaken)).toHaveLength(29);
  });

  test('X-03: a number with an account, one without and one of another registration: one text', async () => {
    await register(world, other);
    world.advance(minute);
    await registerUntilContact(world.ctx(), citizenNamed('何俊彦'));
    await follow();
    const user = await stranger();
    await user.scan((await draw()).url);
    await user.follow();
    const answers = [];
    for (const { number } of [other, citizenNamed('古丽·买买提'), citizenNamed('何俊彦')]) {
      answers.push((await person.type(number)).text, (await user.type(number)).text);
    }
    expect(new Set(answers)).toEqual(new Set([weChatReplies.numberRefused]));
  });

  test('what is not a number, and a number that is none', async () => {
    await follow();
    expect((await person.type('你好')).text).toBe(weChatReplies.help);
    expect((await person.type(`${citizen.number.slice(0, 17)}A`)).text).toBe(weChatReplies.help);
    const wrongDigit = citizen.number.endsWith('1') ? '2' : '1';
    const { text } = await person.type(citizen.number.slice(0, 17) + wrongDigit);
    expect(text).toBe(weChatReplies.numberFormat);
  });

  test('before a scan, after the ten minutes, and when it is long gone', async () => {
    const idle = await stranger();
    expect((await idle.follow()).text).toContain(weChatReplies.help);
    expect((await idle.press('GET_CODE')).text).toBe(weChatReplies.scanForCode);
    expect((await idle.press('RESET_PASSWORD')).text).toBe(weChatReplies.scanForReset);
    await follow();
    world.advance(10 * minute);
    expect((await person.press('GET_CODE')).text).toBe(weChatReplies.sceneExpired);
    expect((await person.type(citizen.number)).text).toBe(weChatReplies.numberRefused);
    world.advance(24 * 60 * minute);
    await clearExpired(world.ctx());
    expect([await count(wechatSceneTable), await count(wechatPushTable)]).toEqual([0, 0]);
    expect((await person.press('GET_CODE')).text).toBe(weChatReplies.scanForCode);
  });

  test('scanned when it has expired, it is nobody’s', async () => {
    await draw();
    const [scene] = await world.ctx().db.select().from(wechatSceneTable);
    world.advance(10 * minute);
    const push = {
      ...pushOf(person),
      eventId: 'e',
      type: 'scanned',
      scene: scene?.id ?? '',
    } as const;
    expect(await receiveWeChatPush(world.ctx(), push)).toBe(weChatReplies.sceneExpired);
    const unknown = { ...push, eventId: 'f', scene: 'made up' };
    expect(await receiveWeChatPush(world.ctx(), unknown)).toBe(weChatReplies.sceneExpired);
    expect((await current())?.scene?.isScanned).toBe(false);
  });

  test('T-REG-16: with another number the QR code is of no use any more', async () => {
    await follow();
    await saveDocument(world.ctx(), token, documentAnswersOf(other));
    expect((await person.type(other.number)).text).toBe(weChatReplies.numberRefused);
    expect((await person.type(citizen.number)).text).toBe(weChatReplies.numberRefused);
  });

  test('somebody whose browser changes the registration at that moment gets a code for what it is then', async () => {
    await follow();
    const ctx = world.ctx();
    const batch = ctx.db.batch.bind(ctx.db);
    let writes = 0;
    const overtaken: typeof batch = async (statements) => {
      writes += 1;
      if (writes === 2) await saveDocument(world.ctx(), token, documentAnswersOf(other));
      return batch(statements);
    };
    Object.assign(ctx.db, { batch: overtaken });
    const push: WeChatPush = {
      ...pushOf(person),
      eventId: 'm',
      type: 'text',
      text: citizen.number,
    };
    expect(await receiveWeChatPush(ctx, push)).toBe(weChatReplies.numberRefused);
    expect(await count(challengeTable)).toBe(1);
  });

  test('an SMS afterwards voids the code of the chat, and binds nobody', async () => {
    await follow();
    const inChat = codeIn((await person.type(citizen.number)).text);
    await askForCode(world.ctx(), token, citizen.mobile);
    expect(await current()).toMatchObject({ channel: 'sms', scene: null });
    const inSms = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    const refused = inSms === inChat ? null : await refusalOf(prove(inChat));
    expect(refused).toEqual(inSms === inChat ? null : { code: 'code.wrong', triesLeft: 4 });
    await prove(inSms);
    await submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect((await weChats()).length).toBe(0);
  });

  test('a code in the chat after the one by SMS is the one that counts, and binds', async () => {
    await follow();
    await askForCode(world.ctx(), token, citizen.mobile);
    await prove(codeIn((await person.type(citizen.number)).text));
    await submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect((await weChats()).length).toBe(1);
  });

  test('T-REG-13a: a WeChat of another account is refused with the reason, and the code can be sent by SMS', async () => {
    await follow();
    await prove(codeIn((await person.type(citizen.number)).text));
    await submitRegistration(world.ctx(), token, { hasAgreed: true });
    const before = await weChats();
    token = await registerUntilContact(world.ctx(), other);
    await follow();
    const code = codeIn((await person.type(other.number)).text);
    // As often as one likes: the code was right, so no try is lost.
    for (let attempt = 0; attempt < 7; attempt += 1) {
      expect(await refusalOf(prove(code))).toEqual({ code: 'wechat.bound_elsewhere' });
    }
    world.advance(60_000);
    await askForCode(world.ctx(), token, other.mobile);
    await prove(world.sandbox.phone.lastCode(other.mobile) ?? '');
    await submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect(await weChats()).toEqual(before);
  });

  test('X-02: two registrations by one WeChat submitted at once: one succeeds, the other is told why not', async () => {
    const tokens: string[] = [];
    for (const each of [citizen, other]) {
      token = await registerUntilContact(world.ctx(), each);
      await follow();
      await prove(codeIn((await person.type(each.number)).text));
      tokens.push(token);
    }
    const { done, refused } = await atOnce(2, (index) =>
      submitRegistration(world.ctx(), tokens[index] ?? null, { hasAgreed: true }),
    );
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'wechat.bound_elsewhere': 1 });
    expect(await weChats()).toHaveLength(1);
  });

  test('T-REG-13a: a code in the chat proves the WeChat, and no telephone', async () => {
    await follow();
    await prove(codeIn((await person.type(citizen.number)).text));
    const { sessionToken } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect((await weChats())[0]?.provedAtMs).toBe(world.nowMs());
    const { account } = (await applicantOf(world, sessionToken)).signedIn;
    expect(provedAtMsOf(account, 'mobile')).toBeNull();
    // So no code goes to it, until a code to it was typed by its holder.
    const recovery = await identifyAs(world.ctx(), citizen);
    expect(await refusalOf(askForRecoveryCode(world.ctx(), recovery))).toEqual({
      code: 'contact.not_proved',
    });
    const me = await proved(world, await applicantOf(world, sessionToken));
    const change = { kind: 'mobile', value: citizen.mobile } as const;
    const ticket = await giveTestTicket(me.ctx, 'contact');
    await beginContactChange(me.ctx, me.signedIn, { ...change, ticket });
    const byPhone = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    await confirmContactChange(me.ctx, me.signedIn, { code: byPhone });
    world.advance(60_000);
    await askForRecoveryCode(world.ctx(), await identifyAs(world.ctx(), citizen));
    const again = await applicantOf(world, me.sessionToken);
    const second = { ...change, ticket: await giveTestTicket(again.ctx, 'contact') };
    expect(await refusalOf(beginContactChange(again.ctx, again.signedIn, second))).toEqual({
      code: 'input.invalid',
      fields: { value: 'mobile.unchanged' },
    });
  });
});

const pushOf = ({ openId }: WeChatUser) => ({ openId, accountId: 'gh' });

test('who stops following is answered nothing, and nothing is written', async () => {
  await follow();
  const before = await count(wechatPushTable);
  expect((await person.unfollow()).text).toBeNull();
  const push: WeChatPush = { ...pushOf(person), eventId: 'v', type: 'other' };
  expect(await receiveWeChatPush(world.ctx(), push)).toBeNull();
  expect(await count(wechatPushTable)).toBe(before);
});

test('X-08: no openid and no answer of the chat stands in the database in plain', async () => {
  await follow();
  const code = codeIn((await person.type(citizen.number)).text);
  await prove(code);
  await submitRegistration(world.ctx(), token, { hasAgreed: true });
  const bytes = await storedBytes(world);
  expect(bytes.length).toBeGreaterThan(10_000);
  expect(bytes.includes(openIdOf(citizen.mobile))).toBe(false);
  expect(bytes.includes('分钟内有效')).toBe(false);
});

test('without a database it is service.unavailable, and the repetition is answered', async () => {
  await follow();
  const push: WeChatPush = { ...pushOf(person), eventId: 'm', type: 'text', text: citizen.number };
  const refused = refusalOf(receiveWeChatPush(withoutDatabase(world.ctx()), push));
  expect(await refused).toEqual({ code: 'service.unavailable' });
  expect(codeIn(await receiveWeChatPush(world.ctx(), push))).not.toBe('');
});

describe('the platform draws no QR code', () => {
  test.for(['down', 'busy'] as const)(
    '%s: wechat.unavailable, nothing is counted, the registration is as it was',
    async (mode) => {
      world.sandbox.wechat.setMode(mode);
      const before = await current();
      const ticket = await giveTestTicket(world.ctx(), 'register');
      const contact = { email: testEmail, mobile: citizen.mobile, ticket };
      const ask = () => sendWeChatCode(world.ctx(), token, contact);
      // More often than a ticket can be used, and than one page may draw.
      for (let count = 0; count < 25; count += 1) {
        expect(await refusalOf(ask())).toEqual({ code: 'wechat.unavailable' });
      }
      expect(await current()).toEqual(before);
      const claims = await world.ctx().db.select().from(allowanceTable);
      const drawing = claims.filter(({ kind }) => kind.startsWith('wechat.scene'));
      expect(new Set(drawing.map(({ isCounted, reason }) => `${isCounted} ${reason}`))).toEqual(
        new Set([`false platform_${mode}`]),
      );
      world.sandbox.wechat.setMode('working');
      expect((await ask()).scene).not.toBeNull();
    },
  );
});

describe('asking for the QR code', () => {
  test('X-02: needs a ticket, a registration with a password, and a contact', async () => {
    const ctx = world.ctx();
    const contact = { email: testEmail, mobile: citizen.mobile };
    const ask = async (cookie: string | null, input: object = {}) =>
      refusalOf(
        sendWeChatCode(ctx, cookie, {
          ...contact,
          ticket: await giveTestTicket(ctx, 'register'),
          ...input,
        }),
      );
    expect(await ask(null)).toEqual({ code: 'registration.not_started' });
    expect(await ask(token, { ticket: 'made up' })).toEqual({ code: 'puzzle.ticket_refused' });
    expect(await ask(token, { mobile: '123' })).toMatchObject({ code: 'input.invalid' });
    const begun = await saveDocument(ctx, null, documentAnswersOf(citizen));
    expect(await ask(begun.token)).toEqual({ code: 'registration.out_of_order', step: 'password' });
    expect(world.sandbox.wechat.codes).toHaveLength(0);
    expect(await count(registrationTable)).toBe(2);
  });

  test('X-02: of six with one ticket at once four draw', async () => {
    const ctx = world.ctx();
    const ticket = await giveTestTicket(ctx, 'register');
    const input = { email: testEmail, mobile: citizen.mobile, ticket };
    const six = await atOnce(6, () => sendWeChatCode(world.ctx(), token, input));
    expect(codesOf(six.refused)['puzzle.ticket_refused']).toBe(2);
  });
});
