export const zh = {
  title: '微信扫码获取验证码',
  lead: '用这个办法注册，以后忘记密码也可以用微信重置。',
  bySms: '改用短信验证码',
};
