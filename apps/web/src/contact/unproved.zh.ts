export const zh = {
  title: '联系方式还没有验证',
  none: '手机号码和邮箱都没有验证。现在收不到任何通知，忘记密码也不能用短信和邮件重置。请至少验证一项；都不能用了的，请写信给客服。',
  email: (email: string) =>
    `安全邮箱 ${email} 还没有确认：通知不会发到这里，忘记密码也不能用邮件重置。`,
  noEmail: '没有安全邮箱：通知不会发邮件，忘记密码也不能用邮件重置。',
  mobile: '手机号码还没有验证：忘记密码时不能用短信重置。',
  noMobile: '没有手机号码：忘记密码时不能用短信重置。',
  send: '发送确认邮件',
  again: '再发一封',
  sent: (span: string) =>
    `确认邮件已发出，请在 ${span} 以前打开里面的链接。没有收到的，看看垃圾邮件。`,
  proveMobile: '验证手机号码',
  enterMobile: '填写手机号码',
  enterEmail: '填写邮箱',
  changeEmail: '换一个邮箱',
  write: '写信给客服',
};
