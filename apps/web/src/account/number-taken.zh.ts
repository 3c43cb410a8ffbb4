import type { Portal } from '@shiming/domain';

const dayMs = 24 * 3_600_000;

export const zh = {
  /** The words of the seed (S-DUP-01, S-DUP-02). */
  taken: '证件号码已被注册，查看【解决方法】',
  inReview: '证件号码已经被注册，客服审核通过后才能被再次注册',
  isMine: '您以前注册过：请退出这个账号，用原来的用户名登录，或者找回。',
  toOther: '退出，去登录',
  isWrong: '号码填错了：请在下面改正。',
  isNotMine: '号码没有填错，又从来没有注册过：可以申请把号码归到这个账号。',
  waits: '号码没有填错，又从来没有注册过：另一个账号正在申请这个号码，请等客服审核结束再来。',
  claimEffects: ({ objectWorkingDays, restorableMs }: Portal['numberClaims']) => [
    `请先通过实名核验。核验通过，我们通知对方，对方可以在 ${objectWorkingDays} 个工作日内提出异议。`,
    `没有异议，号码归这个账号，对方的账号关闭，${restorableMs / dayMs} 天内可以恢复。用对方账号办理中的业务会受影响。`,
    '对方也通过了实名核验，或者提出了异议，由客服审核。',
  ],
  claim: '申请这个号码',
  recover: '找回用户名或密码',
  write: '写信给客服',
};
