import {
  allowanceTable,
  auditTable,
  noticeTable,
  identifierTable,
  wechatSceneTable,
} from '@shiming/db';
import { weChatReplies } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import type { WeChatUser } from '@shiming/sandbox';
import { like } from 'drizzle-orm';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keys } from '../context.ts';
import { proofValidMs } from '../proof/proof.ts';
import { authenticate } from '../session/session.ts';
import { chatOn, codeIn } from '../testing/chat.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  signInAs,
} from '../testing/people.ts';
import { unproved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { beginBinding } from './begin-binding.ts';
import { bindWeChat } from './bind.ts';
import { currentWeChat } from './current.ts';
import { receiveWeChatPush } from '../chat/receive.ts';
import { unbindWeChat } from './unbind.ts';

const minute = 60_000;
const citizen = citizenNamed('林知远');
const friend = citizenNamed('沈秀兰');

let world: TestWorld;
let me: Applicant;
let phone: WeChatUser;
beforeEach(async () => {
  world = await createTestWorld();
  me = await register(world, citizen);
  phone = await chatOn(world, citizen.mobile);
});
afterEach(() => world.close());

/** Somebody who has just proved who they are. */
const proved = ({ signedIn }: Applicant) => ({ ...signedIn, provedAtMs: world.nowMs() });
const begin = (who = me) => beginBinding(who.ctx, proved(who));
const bind = (code: string, who = me) => bindWeChat(who.ctx, proved(who), { code });
const unbind = (who = me) => unbindWeChat(who.ctx, proved(who));
const current = (who = me) => currentWeChat(who.ctx, who.signedIn);
const bindings = () =>
  world.ctx().db.select().from(identifierTable).where(eq(identifierTable.kind, 'wechat'));

/** The code that the chat gives for a QR code of this person. */
async function codeFor(user: WeChatUser, who = me): Promise<string> {
  const { url } = await begin(who);
  const scanned = await user.scan(url);
  return codeIn(user.isFollowing ? scanned.text : (await user.follow()).text);
}

const bound = async (user = phone, who = me) => bind(await codeFor(user, who), who);

async function told() {
  const { db } = world.ctx();
  const notices = await db.select({ kind: noticeTable.kind }).from(noticeTable);
  const audit = await db.select({ action: auditTable.action }).from(auditTable);
  return [
    notices.map(({ kind }) => kind).filter((kind) => kind.startsWith('wechat')),
    audit.map(({ action }) => action).filter((action) => action.startsWith('wechat')),
  ];
}

describe('T-PRO-06: binding a WeChat', () => {
  test('scan, the code in the chat, typed at the page: bound, and the holder is told', async () => {
    expect(await current()).toEqual({ boundAtMs: null, scene: null });
    const { url } = await begin();
    expect((await current()).scene).toMatchObject({ url, isScanned: false, isAnswered: false });
    await phone.scan(url);
    const { text } = await phone.follow();
    expect((await current()).scene).toMatchObject({ isScanned: true, isAnswered: true });
    expect(text).toContain('不要告诉任何人');
    await bind(codeIn(text));
    expect((await current()).boundAtMs).toBe(world.nowMs());
    expect(await told()).toEqual([['wechat_bound'], ['wechat.bound']]);
    await world.settle();
    expect(world.sandbox.mail.messages('someone@example.com').length).toBeGreaterThan(0);
  });

  test('「取验证码」 gives another code when the first has expired', async () => {
    const first = await codeFor(phone);
    world.advance(5 * minute);
    expect(await refusalOf(bind(first))).toEqual({ code: 'code.expired' });
    await bind(codeIn((await phone.press('GET_CODE')).text));
    expect(await bindings()).toHaveLength(1);
  });

  test('X-02: needs a proof, which is over after ten minutes', async () => {
    for (const provedAtMs of [null, world.nowMs() - proofValidMs]) {
      const signedIn = { ...me.signedIn, provedAtMs };
      for (const verb of [beginBinding, unbindWeChat]) {
        expect(await refusalOf(verb(me.ctx, signedIn))).toEqual({ code: 'proof.required' });
      }
    }
    expect(world.sandbox.wechat.codes).toHaveLength(0);
  });

  test('a session that has given no proof binds nobody by the QR code that another one shows', async () => {
    const { url } = await begin();
    const elsewhere = await signInAs(world.ctx(), citizen.number, testPassword);
    const session = await unproved(world, await applicantOf(world, elsewhere.sessionToken));
    expect((await current(session)).scene).toMatchObject({ url });
    const thief = await chatOn(world, friend.mobile);
    await thief.scan(url);
    const code = codeIn((await thief.follow()).text);
    const refused = refusalOf(bindWeChat(session.ctx, session.signedIn, { code }));
    expect(await refused).toEqual({ code: 'proof.required' });
    expect(await bindings()).toEqual([]);
  });

  test('a QR code that led to a binding is over, and so is one that was not used before it was undone', async () => {
    const { url } = await begin();
    const { text } = await phone.follow().then(() => phone.scan(url));
    await bind(codeIn(text));
    expect((await current()).scene?.expiresAtMs).toBe(world.nowMs());
    await begin();
    expect((await current()).scene?.expiresAtMs).toBeGreaterThan(world.nowMs());
    await unbind(me);
    expect((await current()).scene?.expiresAtMs).toBe(world.nowMs());
  });

  test("X-01: somebody else's code binds nobody", async () => {
    const theirs = await register(world, friend);
    const code = await codeFor(phone, theirs);
    expect(await refusalOf(bind(code))).toEqual({ code: 'code.expired' });
    const mine = await codeFor(await chatOn(world, friend.mobile));
    const refused = mine === code ? null : await refusalOf(bind(code));
    expect(refused).toEqual(mine === code ? null : { code: 'code.wrong', triesLeft: 4 });
    expect(await bindings()).toEqual([]);
  });

  test('a wrong code: five tries; a replayed one is expired; a malformed one costs nothing', async () => {
    const code = await codeFor(phone);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await refusalOf(bind('12'))).toMatchObject({ code: 'input.invalid' });
    expect(await refusalOf(bind(wrong))).toEqual({ code: 'code.wrong', triesLeft: 4 });
    await bind(code);
    expect(await refusalOf(bind(code))).toEqual({ code: 'code.expired' });
    const next = await codeFor(phone);
    const { refused } = await atOnce(20, () => bind(next === '000000' ? '000001' : '000000'));
    expect(codesOf(refused)).toEqual({ 'code.wrong': 4, 'code.tries_used_up': 16 });
    expect(await refusalOf(bind(next))).toEqual({ code: 'code.tries_used_up' });
  });

  test('X-02: a right code eight times at once binds once, and tells once', async () => {
    const code = await codeFor(phone);
    const { done } = await atOnce(8, () => bind(code));
    expect(done).toHaveLength(1);
    expect(await told()).toEqual([['wechat_bound'], ['wechat.bound']]);
  });

  test('another WeChat takes the place of the first', async () => {
    await bound();
    const [before] = await bindings();
    await bound(await chatOn(world, '19900000071'));
    const after = await bindings();
    expect(after).toHaveLength(1);
    expect(after[0]?.index).not.toBe(before?.index);
  });

  test('a WeChat of another account is refused in words, and stays there', async () => {
    await bound();
    const before = await bindings();
    const theirs = await register(world, friend);
    expect(await refusalOf(bound(phone, theirs))).toEqual({ code: 'wechat.bound_elsewhere' });
    expect(await bindings()).toEqual(before);
    await unbind();
    await bound(phone, theirs);
    expect((await bindings())[0]?.accountId).toBe(theirs.signedIn.account.id);
  });

  test('X-02: two accounts with one WeChat at once: one has it, the other is told', async () => {
    const theirs = await register(world, friend);
    const codes = [await codeFor(phone), await codeFor(phone, theirs)];
    const { done, refused } = await atOnce(2, (index) =>
      bind(codes[index] ?? '', index === 0 ? me : theirs),
    );
    expect(done).toHaveLength(1);
    expect(refused).toEqual([{ code: 'wechat.bound_elsewhere' }]);
  });

  test('X-02: of seventy QR codes for one account at once twenty are drawn', async () => {
    const { done, refused } = await atOnce(70, () => begin());
    expect(done).toHaveLength(20);
    expect(codesOf(refused)).toEqual({ 'request.too_many': 50 });
  });

  test('the platform is down: wechat.unavailable, and nothing is counted', async () => {
    world.sandbox.wechat.setMode('down');
    expect(await refusalOf(begin())).toEqual({ code: 'wechat.unavailable' });
    const claims = await world
      .ctx()
      .db.select()
      .from(allowanceTable)
      .where(like(allowanceTable.kind, 'wechat.scene%'));
    const givenBack = { isCounted: false, reason: 'platform_down' };
    expect(claims).toMatchObject([givenBack, givenBack]);
  });

  test('without a database everything is service.unavailable', async () => {
    const ctx = withoutDatabase(me.ctx);
    for (const work of [
      () => beginBinding(ctx, proved(me)),
      () => bindWeChat(ctx, proved(me), { code: '123456' }),
      () => currentWeChat(ctx, me.signedIn),
      () => unbindWeChat(ctx, proved(me)),
    ]) {
      expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
    }
  });
});

describe('T-PRO-06: unbinding', () => {
  test('once, however often at once; the holder is told once', async () => {
    await bound();
    const { done, refused } = await atOnce(5, () => unbind());
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'wechat.not_bound': 4 });
    expect(await told()).toEqual([
      ['wechat_bound', 'wechat_unbound'],
      ['wechat.bound', 'wechat.unbound'],
    ]);
    expect((await current()).boundAtMs).toBeNull();
  });

  test("X-01: it unbinds one's own account only", async () => {
    await bound();
    const theirs = await register(world, friend);
    expect(await refusalOf(unbind(theirs))).toEqual({ code: 'wechat.not_bound' });
    expect(await bindings()).toHaveLength(1);
  });
});

const newKey = (id: string) => ({ id, key: webCrypto.randomBytes(32) });

describe('keys are changed while people use the system', () => {
  test('bindings and live QR codes move to the new keys, under which all goes on', async () => {
    const [vault, index] = [newKey('v2'), newKey('i2')];
    const keys: Keys = {
      ...world.keys,
      vault: [vault, ...world.keys.vault],
      index: [index, ...world.keys.index],
    };
    const after: Keys = { ...world.keys, vault: [vault], index: [index] };
    await bound();
    const theirs = await register(world, friend);
    const code = await codeFor(phone, theirs);
    const under = async ({ sessionToken }: Applicant): Promise<Applicant> => {
      const signedIn = await authenticate(world.ctx({ keys: after }), sessionToken);
      if (signedIn === null) throw new Error('the session is not one');
      return { ctx: world.ctx({ keys: after }), signedIn, sessionToken };
    };

    let moved = 1;
    while (moved > 0) moved = await rotateKeys(world.ctx({ keys }));
    const [binding] = await bindings();
    expect(binding).toMatchObject({ keyId: 'v2' });
    expect(binding?.index).toMatch(/^i2\./);
    const scenes = await world.ctx().db.select().from(wechatSceneTable);
    const live = scenes.filter(({ expiresAtMs }) => expiresAtMs > world.nowMs());
    expect(live.map(({ keyId }) => keyId)).toEqual(['v2']);

    // The same WeChat is known again, and what was scanned before still says whose it is.
    const [mine, newly] = [await under(me), await under(theirs)];
    expect(await refusalOf(bind(code, newly))).toEqual({ code: 'wechat.bound_elsewhere' });
    await unbind(mine);
    await bind(code, newly);
    expect((await bindings())[0]?.accountId).toBe(theirs.signedIn.account.id);
  });

  test('while they change, a WeChat under the old key is found: it stays with one account', async () => {
    await bound();
    const keys: Keys = { ...world.keys, index: [newKey('i2'), ...world.keys.index] };
    const theirs = await register(world, friend);
    const code = await codeFor(phone, theirs);
    const refused = refusalOf(bindWeChat({ ...theirs.ctx, keys }, proved(theirs), { code }));
    expect(await refused).toEqual({ code: 'wechat.bound_elsewhere' });
  });
});

test('a scan that is repeated gives no second code', async () => {
  const { url } = await begin();
  await phone.scan(url);
  const { text } = await phone.follow();
  const [scene] = await world.ctx().db.select().from(wechatSceneTable);
  const again = { openId: phone.openId, accountId: 'gh', eventId: 'again' } as const;
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      receiveWeChatPush(world.ctx(), { ...again, type: 'scanned', scene: scene?.id ?? '' }),
    ),
  );
  expect(new Set(answers).size).toBe(1);
  expect(text).not.toBe(weChatReplies.sceneTaken);
  await bind(codeIn(answers[0] ?? null));
});
