import { type Batch, commit, wechatSceneTable } from '@shiming/db';
import { AppError, type WeChatScenePurpose } from '@shiming/domain';
import type { SceneCode } from '@shiming/providers';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { currentKeyId, open, seal, subjectHash, subjectHashes, placeOf } from '../vault/vault.ts';

/** For one page of one person, who may be signed in and need no ticket. */
const perSubject: Limit = {
  limit: 20,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

export type Scene = typeof wechatSceneTable.$inferSelect;

/** A QR code as its page shows it. */
export type SceneView = SceneCode & { isScanned: boolean; isAnswered: boolean };

export const viewScene = (scene: Scene | undefined): SceneView | null =>
  scene === undefined
    ? null
    : {
        url: scene.url,
        expiresAtMs: scene.expiresAtMs,
        isScanned: scene.scannedAtMs !== null,
        isAnswered: scene.answeredAtMs !== null,
      };

/**
 * Draws a QR code for one person at one page. `before` is committed before the platform is asked and `write` with
 * the scene; answers what `write` has read. When the platform does not draw, the claims are given back.
 *
 * @throws AppError request.too_many, wechat.unavailable, and what the guards of `before` and `write` refuse with
 */
export async function drawScene<const W extends Readonly<Batch> | readonly []>(
  ctx: Ctx,
  {
    purpose,
    subject,
    before,
    undo = [],
    write,
  }: {
    purpose: WeChatScenePurpose;
    subject: string;
    before: readonly Batch[number][];
    undo?: readonly Batch[number][];
    write: W;
  },
): Promise<{ scene: SceneCode; written: BatchResponse<W> }> {
  const account = ctx.weChat;
  const rules = ctx.portal.weChat;
  refuseUnless(account !== null && rules !== null, { code: 'request.not_found' });
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const claim = newClaim(ctx, 'wechat.scene', address, [perAddress]);
  const own = newClaim(ctx, 'wechat.scene.own', subject, [perSubject]);
  await commitClaims(ctx, [claim, own], before as Batch);
  const id = ctx.crypto.randomToken(24);
  const drawn = await account.createSceneCode(id, rules.sceneValidMs / 1000);
  if (drawn.outcome !== 'done') {
    const reason = `platform_${drawn.outcome}`;
    await commit(ctx.db, [
      release(ctx.db, claim.id, reason),
      release(ctx.db, own.id, reason),
      ...undo,
    ]);
    throw new AppError(
      { code: 'wechat.unavailable' },
      `wechat ${drawn.outcome} ${drawn.vendorCode}`,
    );
  }
  const { url, expiresAtMs } = drawn.value;
  const [, ...written] = await commit(ctx.db, [
    ctx.db.insert(wechatSceneTable).values({
      id,
      purpose,
      subject,
      url,
      createdAtMs: ctx.now(),
      expiresAtMs,
      keyId: currentKeyId(ctx),
    }),
    ...write,
  ]);
  return { scene: { url, expiresAtMs }, written };
}

const isFor = (purpose: WeChatScenePurpose, subject: string) =>
  and(eq(wechatSceneTable.purpose, purpose), eq(wechatSceneTable.subject, subject));

/** A statement that finds the QR code drawn last for somebody. */
export const newestScene = (ctx: Ctx, purpose: WeChatScenePurpose, subject: string) =>
  ctx.db
    .select()
    .from(wechatSceneTable)
    .where(isFor(purpose, subject))
    .orderBy(desc(wechatSceneTable.createdAtMs))
    .limit(1);

/** A statement that finds the QR codes of somebody that were scanned. */
export const scannedScenes = (ctx: Ctx, purpose: WeChatScenePurpose, subject: string) =>
  ctx.db
    .select({ id: wechatSceneTable.id, openIdSealed: wechatSceneTable.openIdSealed })
    .from(wechatSceneTable)
    .where(and(isFor(purpose, subject), isNotNull(wechatSceneTable.openIdSealed)));

export const sealOpenId = (ctx: Ctx, sceneId: string, openId: string) =>
  seal(ctx, placeOf(wechatSceneTable.openIdSealed, sceneId), openId);

/** The id of the challenge whose secret is given in the chat: it tells of which scene it came. */
export const challengeIdFor = (ctx: Ctx, sceneId: string) =>
  `${sceneId}.${ctx.crypto.randomToken(12)}`;

/** In whose chat the secret of a challenge was given; `null` when it came in another way. */
export async function openIdGiven(
  ctx: Ctx,
  scenes: readonly Pick<Scene, 'id' | 'openIdSealed'>[],
  challengeId: string,
): Promise<string | null> {
  const scene = scenes.find(({ id }) => challengeId.startsWith(`${id}.`));
  return scene === undefined || scene.openIdSealed === null
    ? null
    : open<string>(ctx, placeOf(wechatSceneTable.openIdSealed, scene.id), scene.openIdSealed);
}

/** Who somebody is to the service account, as scenes and limits know them: under the current key, and older ones. */
export const openIdHashes = (ctx: Ctx, openId: string) => subjectHashes(ctx, 'wechat', openId);
