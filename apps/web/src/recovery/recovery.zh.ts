export const zh = {
  flow: '忘记密码',
  title: '忘记密码',
  lead: '请准备好注册时用的证件，和能收短信的注册手机，或能收邮件的安全邮箱。',
  next: '下一步',
  registerAgain: '重新注册',
  lostMobile: '注册的手机号码已不用了？',
  newTab: '（在新窗口打开）',

  bySms: '用短信重置密码',
  sendTo: '验证码会发到您注册的手机 ',
  sendToAfter: '。',
  send: '通过短信免费获取验证码',
  sent: '验证码已发出，请看手机短信。',
  refused: (left: number) =>
    `短信没有发出去：运营商不接受发到这个号码。这次不计次，今天还可以获取 ${left} 次。`,
  unavailable: (left: number) =>
    `短信暂时发不出去，问题在我们这边。请过几分钟再获取。这次不计次，今天还可以获取 ${left} 次。`,
  check: '先看看上面的号码是不是还在用，短信有没有被手机拦截。',
  noneLeft: '这个号码今天的验证码已用完，请明天 0 点以后再来。',
  password: '新密码',
  passwordHint: '输入前请把输入法切换到英文。不要用您的号码、生日或姓名。',
  again: '再输入一次新密码',
  reset: '重置密码',

  doneTitle: '密码已重置',
  doneLead: '所有设备上的登录都已退出。请用证件号码和新密码登录。',
  toSignIn: '去登录',
};
