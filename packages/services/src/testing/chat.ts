import { weChatMenu } from '@shiming/domain';
import type { WeChatInbox } from '@shiming/providers';
import { createWeChatInbox } from '@shiming/providers/wechat';
import { openIdOf, sandboxCredentials, sandboxWeChat, type WeChatUser } from '@shiming/sandbox';
import { receiveWeChatPush } from '../chat/receive.ts';
import type { TestWorld } from './world.ts';

/** Reads what the sandbox's WeChat platform sends. */
export function testInbox(world: TestWorld): WeChatInbox {
  const { appId, token, encodingAesKey } = sandboxCredentials.wechat;
  return createWeChatInbox({
    accountId: sandboxWeChat.accountId,
    appId,
    token,
    encodingAesKey,
    now: () => world.nowMs(),
  });
}

/**
 * The WeChat on a phone, with the menu of the service account: what its owner does comes to the services signed and
 * encrypted, as the platform sends it.
 */
export async function chatOn(world: TestWorld, mobile: string): Promise<WeChatUser> {
  const inbox = testInbox(world);
  world.sandbox.wechat.setPush(async (request) => {
    const opened = await inbox.open(new URL(request.url).searchParams, await request.text());
    if (opened === null) return new Response(null, { status: 403 });
    return new Response(await opened.answer(await receiveWeChatPush(world.ctx(), opened.push)));
  });
  await world.ctx().weChat?.createMenu(weChatMenu);
  const user = world.sandbox.wechat.user(openIdOf(mobile));
  // Its own second for each, as the platform tells events apart by the second.
  const later = <T>(act: () => Promise<T>): Promise<T> => {
    world.advance(1_000);
    return act();
  };
  return {
    openId: user.openId,
    get isFollowing() {
      return user.isFollowing;
    },
    get chat() {
      return user.chat;
    },
    scan: (url) => later(() => user.scan(url)),
    follow: () => later(() => user.follow()),
    unfollow: () => later(() => user.unfollow()),
    press: (key) => later(() => user.press(key)),
    type: (text) => later(() => user.type(text)),
  };
}

/** The six digits of an answer. */
export const codeIn = (text: string | null): string => /\b\d{6}\b/.exec(text ?? '')?.[0] ?? '';
