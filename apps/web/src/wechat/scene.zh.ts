import type { WeChatScenePurpose } from '@shiming/domain';
import type { WeChatPlace } from './place.ts';

type Steps = (account: string) => readonly string[];

const scan: Record<WeChatPlace, Steps> = {
  here: (account) => [`长按二维码，选“识别图中的二维码”，关注「${account}」。`],
  phone: (account) => [
    '把二维码保存到相册。',
    `打开微信，点“扫一扫”，从相册里选这张图，关注「${account}」。`,
  ],
  elsewhere: (account) => [`打开微信，用“扫一扫”扫二维码，关注「${account}」。`],
};

const afterScan: Record<WeChatScenePurpose, readonly string[]> = {
  registration: ['在公众号里按菜单「取验证码」。', '按提示发送证件号码，把收到的验证码填在下面。'],
  recovery: ['在公众号里按菜单「重置密码」。', '打开收到的链接，设置新密码。'],
  binding: ['把公众号发来的验证码填在下面。'],
};

const codeSent = () => '验证码已发到您的微信。';
const help = (what: string) =>
  `看看扫码的是不是您自己的微信，有没有关注公众号。${what}还是不行，就换一张二维码，重新扫。`;

export const zh = {
  qr: (account: string) => `微信二维码，扫码关注「${account}」`,
  validFor: '二维码 ',
  validForAfter: '内有效。',
  save: '保存二维码图片',
  open: '打不开识别？点这里进入公众号',
  scan,
  afterScan,
  done: '已完成：',
  waiting: '等您扫码。扫码后这里会自动更新，不用刷新。',
  scanned: '已扫码，请在公众号里继续。',
  answered: {
    registration: codeSent,
    recovery: (minutes: number) =>
      `重置密码的链接已发到您的微信，${minutes} 分钟内有效，只能用一次。`,
    binding: codeSent,
  },
  expired: '二维码已过期，请换一张。',
  lost: '暂时看不到进度。您可以照常在微信里继续。',
  helpTitle: '扫不了，或没有收到？',
  help: {
    registration: help('再看看发送的证件号码与注册时填的是不是一样。'),
    recovery: help('只有绑定过的微信，才会收到链接。'),
    binding: help(''),
  },
  renew: '换一张二维码',
};
