import { createHash } from 'node:crypto';

/** The service account that this product runs on the WeChat platform. `accountId` is its 原始 ID. */
export const sandboxWeChat = { accountId: 'gh_7f3a91c05be2', name: '中国教师资格' } as const;

/** Who the owner of a mobile number is to this service account: 28 characters, the same every time. */
export function openIdOf(mobile: string): string {
  const hash = createHash('sha256').update(`${sandboxWeChat.accountId} ${mobile}`);
  return `o${hash.digest('base64url').slice(0, 27)}`;
}

/** Whether a text could be somebody's openid. */
export function isOpenId(text: string): boolean {
  return /^o[\w-]{27}$/.test(text);
}
