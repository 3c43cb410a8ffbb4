import {
  type Batch,
  commit,
  guard,
  identifierTable,
  isUniqueViolation,
  recoveryTable,
  registrationTable,
  wechatPushTable,
  wechatSceneTable,
} from '@shiming/db';
import {
  appErrorIn,
  AppError,
  documentTypeOf,
  parseNumberAlone,
  type WeChatScenePurpose,
  weChatReplies,
} from '@shiming/domain';
import type { WeChatPush } from '@shiming/providers';
import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { holdersOf, identifierIndexes } from '../account/identifiers.ts';
import { type Claim, commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Binding, giveOnly } from '../challenge/challenge.ts';
import { randomCode } from '../codes/send-sms-code.ts';
import { type Ctx, today } from '../context.ts';
import { recoveryLink } from '../recovery/begun.ts';
import {
  codeBinding,
  guardUnchanged,
  openDraft,
  type Registration,
} from '../registration/draft.ts';
import { keyedHashes } from '../vault/keyed-hash.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';
import { bindingCode } from '../wechat/binding.ts';
import { challengeIdFor, openIdHashes, sealOpenId } from '../wechat/scene.ts';

/** What is answered in the chat, and what is written with it. */
type Reply = { text: string; claims: readonly Claim[]; write: readonly Batch[number][] };

const say = (text: string): Reply => ({ text, claims: [], write: [] });

/** A person in the chat, with whatever of theirs, or of the code they scan, there is. */
type Chat = { ctx: Ctx; openId: string; hashes: readonly string[]; scenes: readonly SceneRow[] };

/** Somebody who scans at the same moment as others, or is overtaken by their own browser, is looked at again. */
const attempts = 3;

/**
 * Answers one push of the WeChat platform: `null` for none. The push is written down in the transaction of what it
 * causes, so however often and however concurrently it is repeated, it does everything once and gets one answer.
 *
 * @throws AppError service.unavailable
 */
export async function receiveWeChatPush(ctx: Ctx, push: WeChatPush): Promise<string | null> {
  // Who stops following keeps the binding: it can do nothing without following again.
  if (push.type === 'unfollowed' || push.type === 'other') return null;
  const ids = await keyedHashes(ctx, `wechat.push:${push.openId}:${push.eventId}`);
  const [id = ''] = ids;
  const hashes = await openIdHashes(ctx, push.openId);
  let isLimitReached = false;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const scene = 'scene' in push ? push.scene : null;
    const [[stored], scenes] = await ctx.db.batch([
      ctx.db
        .select({ id: wechatPushTable.id, answerSealed: wechatPushTable.answerSealed })
        .from(wechatPushTable)
        .where(inArray(wechatPushTable.id, ids)),
      scenesWith(ctx, hashes, scene),
    ]);
    if (stored !== undefined)
      return open<string>(
        ctx,
        placeOf(wechatPushTable.answerSealed, stored.id),
        stored.answerSealed,
      );
    const chat: Chat = { ctx, openId: push.openId, hashes, scenes };
    const reply = isLimitReached ? say(weChatReplies.dayLimit) : await replyTo(chat, push);
    const write: Batch = [
      ctx.db.insert(wechatPushTable).values({
        id,
        answerSealed: await seal(ctx, placeOf(wechatPushTable.answerSealed, id), reply.text),
        atMs: ctx.now(),
        keyId: currentKeyId(ctx),
      }),
      ...reply.write,
    ];
    const [claim, ...claims] = reply.claims;
    try {
      await (claim === undefined
        ? commit(ctx.db, write)
        : commitClaims(ctx, [claim, ...claims], write));
      return reply.text;
    } catch (error) {
      const refusal = appErrorIn(error)?.data.code;
      isLimitReached = refusal === 'code.day_limit';
      const isOvertaken = refusal === 'request.stale' || refusal === 'request.too_many';
      const isRepeated = isUniqueViolation(error, 'wechat_push.id');
      if (!isLimitReached && !isOvertaken && !isRepeated) throw error;
    }
  }
  throw new AppError({ code: 'service.unavailable' }, 'wechat: overtaken every time');
}

/** A statement that finds the QR codes somebody scanned lately, and one that they may be scanning now. */
const scenesWith = (ctx: Ctx, hashes: readonly string[], sceneId: string | null) =>
  ctx.db
    .select({
      scene: wechatSceneTable,
      registration: registrationTable,
      recovery: recoveryTable,
      boundIndex: identifierTable.index,
    })
    .from(wechatSceneTable)
    .leftJoin(
      registrationTable,
      and(
        eq(wechatSceneTable.purpose, 'registration'),
        eq(registrationTable.id, wechatSceneTable.subject),
        gt(registrationTable.expiresAtMs, ctx.now()),
      ),
    )
    .leftJoin(
      recoveryTable,
      and(
        eq(wechatSceneTable.purpose, 'recovery'),
        eq(recoveryTable.id, wechatSceneTable.subject),
        gt(recoveryTable.expiresAtMs, ctx.now()),
      ),
    )
    .leftJoin(
      identifierTable,
      and(
        eq(identifierTable.accountId, recoveryTable.accountId),
        eq(identifierTable.kind, 'wechat'),
      ),
    )
    .where(
      sceneId === null
        ? inArray(wechatSceneTable.openIdIndex, [...hashes])
        : eq(wechatSceneTable.id, sceneId),
    )
    .orderBy(desc(wechatSceneTable.createdAtMs))
    .limit(20);

type SceneRow = Awaited<ReturnType<typeof scenesWith>>[number];

const isLive = (chat: Chat, { scene }: SceneRow) => scene.expiresAtMs > chat.ctx.now();

type AnsweredPush = Exclude<WeChatPush, { type: 'unfollowed' | 'other' }>;

function replyTo(chat: Chat, push: AnsweredPush): Reply | Promise<Reply> {
  switch (push.type) {
    case 'followed':
      return push.scene === null
        ? say(`${weChatReplies.welcome(chat.ctx.portal)}\n${weChatReplies.help}`)
        : scan(chat);
    case 'scanned':
      return scan(chat);
    case 'menu':
      if (push.key === 'GET_CODE') return askForCode(chat);
      return push.key === 'RESET_PASSWORD' ? askForReset(chat) : say(weChatReplies.help);
    case 'text':
      return readNumber(chat, push.text);
  }
}

/** The first who scans a QR code is who it is about. */
async function scan(chat: Chat): Promise<Reply> {
  const { ctx, hashes, openId } = chat;
  const [found] = chat.scenes;
  if (found === undefined || !isLive(chat, found)) return say(weChatReplies.sceneExpired);
  const { scene } = found;
  const isTheirs = scene.openIdIndex !== null && hashes.includes(scene.openIdIndex);
  if (scene.openIdIndex !== null && !isTheirs) {
    return say(weChatReplies.sceneTaken);
  }
  const reply = await replyToScan(chat, found);
  if (isTheirs) return reply;
  const isFree = and(eq(wechatSceneTable.id, scene.id), isNull(wechatSceneTable.openIdIndex));
  const free = ctx.db.select({ id: wechatSceneTable.id }).from(wechatSceneTable).where(isFree);
  const taking = [
    guard(ctx.db, sql`exists ${free}`, { code: 'request.stale' }),
    ctx.db
      .update(wechatSceneTable)
      .set({
        openIdIndex: hashes[0] ?? null,
        openIdSealed: await sealOpenId(ctx, scene.id, openId),
        scannedAtMs: ctx.now(),
        keyId: currentKeyId(ctx),
      })
      .where(isFree),
  ] as const;
  return { ...reply, write: [...taking, ...reply.write] };
}

function replyToScan(chat: Chat, row: SceneRow): Reply | Promise<Reply> {
  switch (row.scene.purpose) {
    case 'registration':
      return say(weChatReplies.scannedRegistration);
    case 'recovery':
      return say(weChatReplies.scannedRecovery);
    case 'binding':
      return giveBindingCode(chat, row);
  }
}

/** The QR code scanned last for one of these, whether or not it has expired. */
const lastScanned = (chat: Chat, ...purposes: readonly WeChatScenePurpose[]) =>
  chat.scenes.find(({ scene }) => purposes.includes(scene.purpose));

/** 「取验证码」. */
function askForCode(chat: Chat): Reply | Promise<Reply> {
  const row = lastScanned(chat, 'registration', 'binding');
  if (row === undefined) return say(weChatReplies.scanForCode);
  if (!isLive(chat, row)) return say(weChatReplies.sceneExpired);
  return row.scene.purpose === 'binding'
    ? giveBindingCode(chat, row)
    : say(weChatReplies.sendNumber);
}

/** T-REG-13: a number typed in the chat gets a code when it is that of the registration whose QR code was scanned. */
async function readNumber(chat: Chat, text: string): Promise<Reply> {
  const { ctx } = chat;
  if (documentTypeOf(text) === null) return say(weChatReplies.help);
  const parsed = parseNumberAlone(text, today(ctx));
  if (!parsed.ok) return say(weChatReplies.numberFormat);
  for (const row of chat.scenes) {
    if (!isLive(chat, row) || row.registration?.status !== 'code_sent') continue;
    const registration = await openDraft(ctx, row.registration);
    if (registration.draft.document?.number === parsed.value.number) {
      return giveRegistrationCode(chat, row, registration);
    }
  }
  return say(weChatReplies.numberRefused);
}

const perDay = (ctx: Ctx): Limit => {
  const { perDay: limit } = ctx.portal.codes.weChat;
  return {
    limit,
    window: 'shanghai_day',
    refusal: (resumesAtMs) => ({ code: 'code.day_limit', limit, resumesAtMs }),
  };
};

/**
 * Everything secret that one WeChat gets in a day, of whatever kind, is counted together. Nothing is counted by the
 * number: strangers who register with it would use up its holder's codes, and theirs come to their own chats.
 */
const perOpenId = ({ ctx, hashes: [hash = ''] }: Chat) =>
  newClaim(ctx, 'wechat', hash, [perDay(ctx)]);

/** Statements that give a code in the chat for a QR code. */
async function giveCode({ ctx }: Chat, { scene }: SceneRow, binding: Binding, code: string) {
  const { validMs, triesPerCode } = ctx.portal.codes.weChat;
  const life = { validMs, tries: triesPerCode };
  return [
    guardLive(ctx, scene),
    ...(await giveOnly(ctx, binding, code, life, challengeIdFor(ctx, scene.id))),
    markAnswered(ctx, scene.id),
  ] as const;
}

async function giveRegistrationCode(
  chat: Chat,
  row: SceneRow,
  registration: Registration,
): Promise<Reply> {
  const { ctx } = chat;
  const { digits, validMs } = ctx.portal.codes.weChat;
  const code = randomCode(ctx, digits);
  return {
    text: weChatReplies.registrationCode({ code, validMs }),
    claims: [perOpenId(chat)],
    write: [
      guardUnchanged(ctx, registration),
      ...(await giveCode(chat, row, codeBinding(registration), code)),
    ],
  };
}

async function giveBindingCode(chat: Chat, row: SceneRow): Promise<Reply> {
  const { digits, validMs } = chat.ctx.portal.codes.weChat;
  const code = randomCode(chat.ctx, digits);
  return {
    text: weChatReplies.bindingCode({ code, validMs, name: chat.ctx.portal.name }),
    claims: [perOpenId(chat)],
    write: await giveCode(chat, row, bindingCode(row.scene.subject), code),
  };
}

/** 「重置密码」, T-PWD-04: a link for the WeChat that the account is bound to, and that has scanned its QR code. */
async function askForReset(chat: Chat): Promise<Reply> {
  const { ctx } = chat;
  const row = lastScanned(chat, 'recovery');
  if (row === undefined) return say(weChatReplies.scanForReset);
  if (!isLive(chat, row) || row.recovery === null) return say(weChatReplies.sceneExpired);
  const indexes = await identifierIndexes(ctx, 'wechat', chat.openId);
  if (row.boundIndex === null || !indexes.includes(row.boundIndex)) {
    return say(weChatReplies.notBound);
  }
  const { accountId } = row.recovery;
  // A QR code is drawn only for a recovery that began with a document, and so has an account.
  if (accountId === null) return say(weChatReplies.sceneExpired);
  const linkValidMs = ctx.portal.weChat?.linkValidMs ?? 0;
  const secret = ctx.crypto.randomToken(32);
  const link = `${ctx.address}/recovery/link#${accountId}.${secret}`;
  const [bound] = holdersOf(ctx, 'wechat', indexes);
  return {
    text: weChatReplies.resetLink({ link, validMs: linkValidMs }),
    claims: [perOpenId(chat)],
    write: [
      guardLive(ctx, row.scene),
      guard(ctx.db, sql`${accountId} in ${bound}`, { code: 'request.stale' }),
      ...(await giveOnly(ctx, recoveryLink(accountId), secret, { validMs: linkValidMs, tries: 1 })),
      markAnswered(ctx, row.scene.id),
      record(ctx, 'recovery.link_sent', accountId, { channel: 'wechat' }),
    ],
  };
}

/** A guard that a QR code is still live: whatever secures an account ends those that lead into it. */
function guardLive(ctx: Ctx, { id }: Pick<SceneRow['scene'], 'id'>) {
  const live = ctx.db
    .select({ id: wechatSceneTable.id })
    .from(wechatSceneTable)
    .where(and(eq(wechatSceneTable.id, id), gt(wechatSceneTable.expiresAtMs, ctx.now())));
  return guard(ctx.db, sql`exists ${live}`, { code: 'request.stale' });
}

const markAnswered = (ctx: Ctx, sceneId: string) =>
  ctx.db
    .update(wechatSceneTable)
    .set({ answeredAtMs: ctx.now() })
    .where(eq(wechatSceneTable.id, sceneId));
