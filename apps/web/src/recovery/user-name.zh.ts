export const zh = {
  lead: '填您登录用的邮箱或手机号码，我们发一个验证码过去。',
  userName: '用户名',
  hint: '注册时的邮箱或手机号码',
  find: '找回用户名',
  send: '获取验证码',
};
