import { allowanceTable, challengeTable, identifierTable } from '@shiming/db';
import { weChatReplies } from '@shiming/domain';
import type { WeChatPush } from '@shiming/providers';
import type { WeChatUser } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatOn, codeIn } from '../testing/chat.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { type Applicant, citizenNamed, identifyAs, register, signInAs } from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginBinding } from '../wechat/begin-binding.ts';
import { bindWeChat } from '../wechat/bind.ts';
import { receiveWeChatPush } from '../chat/receive.ts';
import { unbindWeChat } from '../wechat/unbind.ts';
import { currentRecovery } from './current.ts';
import { openLink, resetByLink } from './reset-by-link.ts';
import { sendRecoveryScene } from './send-wechat-scene.ts';

const minute = 60_000;
const newPassword = 'Shan#Yue_47x';
const citizen = citizenNamed('林知远');

let world: TestWorld;
let phone: WeChatUser;
let holder: Applicant;
let token: string;
beforeEach(async () => {
  world = await createTestWorld();
  holder = await register(world, citizen);
  phone = await chatOn(world, citizen.mobile);
  await bind(holder, phone);
  token = await identifyAs(world.ctx(), citizen);
});
afterEach(() => world.close());

const proved = ({ signedIn }: Applicant) => ({ ...signedIn, provedAtMs: world.nowMs() });

async function bind(who: Applicant, user: WeChatUser): Promise<void> {
  const { url } = await beginBinding(who.ctx, proved(who));
  const { text } = await user.scan(url);
  const code = codeIn(text ?? (await user.follow()).text);
  await bindWeChat(who.ctx, proved(who), { code });
}

async function draw(cookie: string | null = token, ctx = world.ctx()) {
  const ticket = await giveTestTicket(ctx, 'recover');
  const { scene } = await sendRecoveryScene(ctx, cookie, { ticket });
  if (scene === null) throw new Error('no QR code was drawn');
  return scene;
}

async function scan(user = phone): Promise<string | null> {
  const { text } = await user.scan((await draw()).url);
  return user.isFollowing ? text : (await user.follow()).text;
}

const ask = async (user = phone) => (await user.press('RESET_PASSWORD')).text ?? '';
const linkIn = (text: string) => /#(\S+)/.exec(text)?.[1] ?? '';
const reset = (link: string) =>
  resetByLink(world.ctx(), { link, password: newPassword, passwordAgain: newPassword });
const current = () => currentRecovery(world.ctx(), token);

test('T-PWD-04: scan, 「重置密码」, the link, a new password', async () => {
  expect(await current()).toMatchObject({ hasWeChat: true, scene: null });
  expect(await scan()).toBe(weChatReplies.scannedRecovery);
  expect((await current())?.scene).toMatchObject({ isScanned: true, isAnswered: false });
  const text = await ask();
  expect(text).toContain('https://account.example.cn/recovery/link#');
  expect(text).toContain('10 分钟');
  expect((await current())?.scene).toMatchObject({ isAnswered: true });
  expect((await openLink(world.ctx(), { link: linkIn(text) })).maskedNumber).toContain('*');
  await reset(linkIn(text));
  expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject({
    code: 'login.refused',
  });
  await signInAs(world.ctx(), citizen.number, newPassword);
  expect(await refusalOf(reset(linkIn(text)))).toEqual({ code: 'link.used', for: 'recovery.link' });
  // The reset has ended the recovery, and its QR code with it.
  expect(await ask()).toBe(weChatReplies.sceneExpired);
});

test('the link is good for ten minutes', async () => {
  await scan();
  const link = linkIn(await ask());
  world.advance(10 * minute - 1);
  await openLink(world.ctx(), { link });
  world.advance(1);
  expect(await refusalOf(reset(link))).toEqual({ code: 'link.expired' });
});

test('pressed three times by the platform: one link; pressed again: the new one alone is good', async () => {
  world.sandbox.wechat.repeat.setMode('thrice');
  await scan();
  const { texts } = await phone.press('RESET_PASSWORD');
  expect(texts).toHaveLength(3);
  expect(new Set(texts).size).toBe(1);
  const first = linkIn(texts[0] ?? '');
  const second = linkIn(await ask());
  expect(await refusalOf(reset(first))).toEqual({ code: 'link.expired' });
  await reset(second);
});

test('X-02: fifty repetitions at once: one link, one claim', async () => {
  await scan();
  const press = {
    openId: phone.openId,
    accountId: 'gh',
    type: 'menu',
    key: 'RESET_PASSWORD',
  } as const;
  const claimsBefore = await claims();
  const { done } = await atOnce(50, () =>
    receiveWeChatPush(world.ctx(), { ...press, eventId: 'p' }),
  );
  expect(new Set(done).size).toBe(1);
  expect(await claims()).toBe(claimsBefore + 1);
  const links = await world
    .ctx()
    .db.select()
    .from(challengeTable)
    .where(eq(challengeTable.purpose, 'recovery.link'));
  expect(links).toHaveLength(1);
});

const claims = () => world.ctx().db.$count(allowanceTable, eq(allowanceTable.kind, 'wechat'));

test('X-02: five a day with all that the chat gives; of twenty at once no more get through', async () => {
  await scan();
  const { done } = await atOnce(20, (index) => {
    const push: WeChatPush = {
      openId: phone.openId,
      accountId: 'gh',
      eventId: `p${index}`,
      type: 'menu',
      key: 'RESET_PASSWORD',
    };
    return receiveWeChatPush(world.ctx(), push);
  });
  // One was the code of the binding.
  expect(done.filter((text) => text?.includes('/recovery/link#'))).toHaveLength(4);
  expect(done.filter((text) => text === weChatReplies.dayLimit)).toHaveLength(16);
});

test('a WeChat that is bound to nothing, or to another account, gets no link', async () => {
  const stranger = await chatOn(world, '19900000077');
  expect(await scan(stranger)).toBe(weChatReplies.scannedRecovery);
  expect(await ask(stranger)).toBe(weChatReplies.notBound);
  const friend = await register(world, citizenNamed('沈秀兰'));
  await bind(friend, stranger);
  expect(await ask(stranger)).toBe(weChatReplies.notBound);
});

test('without a scan, after the ten minutes, or after unbinding: each is told what to do', async () => {
  expect(await ask()).toBe(weChatReplies.scanForReset);
  await scan();
  world.advance(10 * minute);
  expect(await ask()).toBe(weChatReplies.sceneExpired);
  await scan();
  await unbindWeChat(holder.ctx, proved(holder));
  expect(await ask()).toBe(weChatReplies.sceneExpired);
});

test('who unbinds at the moment of the press: no link', async () => {
  await scan();
  const ctx = world.ctx();
  const batch = ctx.db.batch.bind(ctx.db);
  let calls = 0;
  const overtaken: typeof batch = async (statements) => {
    calls += 1;
    if (calls === 2) await unbindWeChat(holder.ctx, proved(holder));
    return batch(statements);
  };
  Object.assign(ctx.db, { batch: overtaken });
  const press = {
    openId: phone.openId,
    accountId: 'gh',
    type: 'menu',
    key: 'RESET_PASSWORD',
  } as const;
  expect(await receiveWeChatPush(ctx, { ...press, eventId: 'p' })).toBe(weChatReplies.sceneExpired);
});

test('an account that no WeChat is bound to: the way is not shown, and refused', async () => {
  await world.ctx().db.delete(identifierTable).where(eq(identifierTable.kind, 'wechat'));
  expect((await current())?.hasWeChat).toBe(false);
  expect(await refusalOf(draw())).toEqual({ code: 'wechat.not_bound' });
  expect(world.sandbox.wechat.codes).toHaveLength(1);
});

test('the QR code needs a recovery, a ticket, the platform and a database', async () => {
  expect(await refusalOf(draw(null))).toEqual({ code: 'recovery.not_started' });
  expect(await refusalOf(draw(`${token.split('.')[0]}.x`))).toEqual({
    code: 'recovery.not_started',
  });
  const made = refusalOf(sendRecoveryScene(world.ctx(), token, { ticket: 'made up' }));
  expect(await made).toEqual({ code: 'puzzle.ticket_refused' });
  const ticket = await giveTestTicket(world.ctx(), 'recover');
  const down = sendRecoveryScene(withoutDatabase(world.ctx()), token, { ticket });
  expect(await refusalOf(down)).toEqual({ code: 'service.unavailable' });
  const six = await atOnce(6, () => sendRecoveryScene(world.ctx(), token, { ticket }));
  expect(six.refused).toEqual([{ code: 'puzzle.ticket_refused' }]);
  world.sandbox.wechat.setMode('down');
  expect(await refusalOf(draw())).toEqual({ code: 'wechat.unavailable' });
});
