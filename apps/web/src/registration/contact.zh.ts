export const zh = {
  title: '联系方式',
  lead: '先验证手机，再核对提交。',
  leadAgain: '改邮箱或手机，都要用短信验证码重新验证。',
  email: '安全邮箱',
  emailHint: '用来收办理结果和找回账号。QQ 邮箱请用 @ 前面是数字的地址。',
  mobile: '手机号码',
  mobileHint: (perDay: number) => `11 位。每个号码每天可以获取 ${perDay} 次验证码。`,
  left: (count: number) =>
    count === 0 ? '这个号码今天的验证码已用完。' : `这个号码今天还可以获取 ${count} 次。`,
  send: '通过短信免费获取验证码',
};
