export const zh = {
  sent: '验证码已发出。',
  resent: '新的验证码已发出，旧的不能再用。',
  sms: {
    sendTo: '验证码会用短信发到 ',
    send: '通过短信免费获取验证码',
    missing: '没收到短信？',
    check:
      '先核对上面的号码，再看看短信有没有被手机拦截，信号好不好。人多的时候到得慢，请耐心等，或者错开高峰再试。',
    refused: (left: number) =>
      `短信没有发出去：运营商不接受发到这个号码。这次不计次，今天还可以获取 ${left} 次。`,
    unavailable: (left: number) =>
      `短信暂时发不出去，问题在我们这边。请过几分钟再获取。这次不计次，今天还可以获取 ${left} 次。`,
  },
  mail: {
    sendTo: '验证码会用邮件发到 ',
    send: '发送验证码邮件',
    missing: '没收到邮件？',
    check: '邮件一般几分钟内到。“收件箱”里没有的，看看“垃圾邮件”“订阅邮件”等文件夹。',
    refused: (left: number) => `邮件没有发出去。这次不计次，今天还可以获取 ${left} 次。`,
    unavailable: (left: number) =>
      `邮件暂时发不出去，问题在我们这边。请过几分钟再获取。这次不计次，今天还可以获取 ${left} 次。`,
  },
  end: '。',
  sentTo: '已发到 ',
  validFor: '，',
  validForAfter: '内有效。',
  isLate: '，现在已过期。请在下面重新获取。',
  waitBefore: '等 ',
  waitAfter: (left: number) => `可以重新获取，今天还剩 ${left} 次。`,
  resend: '重新获取验证码',
  noneLeft: '今天的验证码已用完，请明天 0 点以后再来。',
  dead: {
    'code.expired': '验证码已过期，请重新获取',
    'code.tries_used_up': '这个验证码试错的次数太多，已不能再用，请重新获取',
  },
};
