import type { Portal } from './portals/index.ts';

/**
 * What the service account says in its chat (T-REG-13, T-PWD-04, T-PRO-06): Chinese, and a line of English where
 * something has to be done. Nothing here depends on whether somebody else has an account.
 */
export const weChatReplies = {
  welcome: ({ name }: Portal) => `您好，这里是${name.zh}。`,
  help: '要获取验证码：先在网页上扫描二维码，再点击菜单「取验证码」，发送您在网页上填写的证件号码。\n要重置密码：先在网页的「忘记密码」选择微信，扫描二维码，再点击菜单「重置密码」。',
  scannedRegistration:
    '请点击菜单「取验证码」，然后发送您在网页上填写的证件号码。\nTap 取验证码 in the menu, then send the document number you typed on the web page.',
  scannedRecovery:
    '请点击菜单「重置密码」，获取设置新密码的链接。不是您本人操作的，不用理会。\nTap 重置密码 in the menu to get a link for a new password.',
  sendNumber:
    '请发送您在网页上填写的证件号码。\nSend the document number you typed on the web page.',
  scanForCode:
    '请先在网页上选择微信获取验证码，扫描页面上的二维码。\nScan the QR code on the web page first.',
  scanForReset:
    '请先在网页的「忘记密码」选择微信，扫描页面上的二维码。\nScan the QR code on the “Forgot password” page first.',
  sceneExpired:
    '这个二维码已经过期，请在网页上换一个新的，重新扫描。\nThis QR code has expired; get a new one on the web page.',
  sceneTaken:
    '这个二维码已被别的微信扫过。请在网页上换一个新的，用您本人的微信扫描。\nAnother WeChat has scanned this QR code; get a new one on the web page.',
  numberFormat: '证件号码不完整或有误，请核对后重新发送。\nThis is not a valid document number.',
  /** One text, whatever the reason: it must not tell a stranger anything of a number. */
  numberRefused:
    '没有与这个证件号码对应的二维码。请核对号码与网页上填写的一致；如果二维码已过期，请换一个新的，重新扫描。\nCheck that the number is the one on the web page, or scan a new QR code.',
  notBound:
    '这个微信没有绑定要重置的账号，不能用它重置密码。请在网页上选择短信或邮件。\nThis WeChat is not linked to that account; use SMS or mail.',
  dayLimit:
    '今天的次数已用完，请明天再试，或在网页上换一种方式。\nThat is all for today; try tomorrow.',
  unavailable: '系统繁忙，请过几分钟再试。\nPlease try again in a few minutes.',
  registrationCode: ({ code, validMs }: { code: string; validMs: number }) =>
    `验证码：${code}，${validMs / 60_000} 分钟内有效。请在网页上输入，不要告诉任何人。\nEnter this code on the web page; tell nobody.`,
  bindingCode: ({
    code,
    validMs,
    name,
  }: { code: string; validMs: number } & Pick<Portal, 'name'>) =>
    `您正在把这个微信绑定到${name.zh}的账号，绑定后可以用它重置密码。验证码：${code}，${validMs / 60_000} 分钟内有效，只在您自己打开的网页上输入，不要告诉任何人。不是您本人操作的，不用理会。\nEnter this code on the web page that you opened yourself; tell nobody.`,
  resetLink: ({ link, validMs }: { link: string; validMs: number }) =>
    `请打开链接设置新密码，${validMs / 60_000} 分钟内有效，只能用一次，不要转发给任何人：\n${link}\nOpen this link to choose a new password; do not forward it.`,
} as const;
