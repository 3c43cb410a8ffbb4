export const zh = {
  flow: '忘记密码',
  title: '忘记密码',
  lead: (byMail: boolean) =>
    `请准备好注册时用的证件，和能收短信的注册手机${byMail ? '，或能收邮件的安全邮箱' : ''}。`,
  tooOld: '2019 年 3 月 1 日之前注册的账号，不能重置密码，需要重新注册。',
  allThree: '填证件类型、证件号码和姓名，三项都对才能往下走。',
  ways: ({ byMail, byWeChat }: { byMail: boolean; byWeChat: boolean }) =>
    byMail || byWeChat
      ? `然后任选一种方式：${byMail ? '邮件、' : ''}短信${byWeChat ? '，以前绑定过微信服务号的还可以用微信' : ''}。`
      : '',
  outOfDate: (byMail: boolean) => `账号里的姓名有误，或手机号码${byMail ? '、邮箱' : ''}不正确的：`,
  writeToUs: '写邮件，工作人员协助核查和修改',
  next: '继续',
  registerAgain: '重新注册',
  lostMobile: '注册的手机号码已不用了？',

  quiet: '这个用户名有账号，验证码才会发出。没有收到，请先核对用户名，也可以找回用户名。',

  byFace: '设置新密码',
  byFaceLead: '面容比对通过了。请在 10 分钟内设置新密码。',

  bySms: '用短信重置密码',
  noneLeft: '这个号码今天的验证码已用完。请换一种办法，或明天 0 点以后再来。',
  password: '新密码',
  passwordHint: '输入前请把输入法切换到英文。不要用您的号码、生日或姓名。',
  again: '再输入一次新密码',
  reset: '重置密码',

  doneTitle: '密码已重置',
  doneByUserName: '所有设备上的登录都已退出。请用用户名和新密码登录。',
  doneLead: '所有设备上的登录都已退出。请用证件号码和新密码登录。',
  toSignIn: '去登录',
};
