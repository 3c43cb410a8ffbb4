export const zh = {
  title: '登录',
  lead: '办理教师资格认定和定期注册，用同一个账号。',
  ended: '登录已结束，请重新登录。登录后回到刚才的页面。',
  first: '请先登录，登录后回到刚才的页面。',
  number: '身份证件号码',
  numberHint: '注册时填的证件号码。',
  password: '密码',
  submit: '登录',
  register: '还没有账号？注册',
  forgotten: '忘记密码',
  home: '返回主页',
  hintsTitle: '登录前请看',
  hints: [
    '第一次来，请先注册账号。',
    '两项业务用同一个账号，注册一次就可以。办哪项业务，就从哪个入口进入。',
    '中小学教师资格考试网的账号不能在这里登录。',
  ],
  wechatTitle: '微信公众号',
  wechat: (account: string) =>
    `在微信里关注服务号「${account}」，可以取注册验证码；绑定后，还可以用它重置密码。`,
};
