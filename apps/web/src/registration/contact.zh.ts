export const zh = {
  title: '联系方式',
  lead: '先用验证码验证，再核对提交。',
  leadFirst: '用邮箱或者手机号码注册，先激活邮箱，或用验证码验证手机。',
  leadAgain: '改邮箱或手机，都要用验证码重新验证。',
  kind: '用什么注册',
  email: '安全邮箱',
  emailHint: '用来收办理结果和找回账号。QQ 邮箱请用 @ 前面是数字的地址。',
  emailFirstHint: (perDay: number) =>
    `本人正在使用的邮箱，激活邮件会发到这里，每天最多 ${perDay} 封。`,
  schoolMail: '用学校的教育网邮箱（.edu.cn，校友邮箱除外）注册的，不用再绑定手机号码。',
  mobile: '手机号码',
  mobileHint: (perDay: number) => `11 位。每个号码每天可以获取 ${perDay} 次验证码。`,
  left: (count: number) => (count === 0 ? '今天的验证码已用完。' : `今天还可以获取 ${count} 次。`),
  way: '验证码来源',
  ways: {
    sms: { label: '通过短信', note: () => '免费获取验证码。' },
    wechat: {
      label: '微信扫码',
      note: (account: string) => `关注「${account}」获取验证码，以后也可以用微信重置密码。`,
    },
  },
  send: {
    sms: '通过短信免费获取验证码',
    mail: '发送激活邮件',
    wechat: '微信扫码获取验证码',
  },
};
