export const zh = {
  title: '登录',
  lead: (services: string) => `办理${services}，用同一个账号。`,
  ended: '登录已结束，请重新登录。登录后回到刚才的页面。',
  first: '请先登录，登录后回到刚才的页面。',
  names: {
    labels: { document_number: '身份证件号码', mobile: '手机号码', email: '邮箱' },
    either: (labels: string[]) => labels.join('或者'),
    hints: {
      document_number: '注册时填的证件号码。',
      mobile: '注册时填的手机号码。',
      email: '注册时填的邮箱。',
      several: '注册或者绑定时填的，不是姓名。',
    },
  },
  password: '密码',
  submit: '登录',
  register: '还没有账号？注册',
  forgotten: '忘记密码',
  write: '写信给客服',
  organisation: '单位用户登录',
  home: '返回主页',
  activation: '从省级平台转来的账号还没有密码，先激活再登录。',
  activate: '去激活',
  hintsTitle: '登录前请看',
  hints: [
    '首次使用，请先注册，注册成功后再登录办理业务。',
    '各项业务用同一个账号，注册一次就可以。办哪项业务，就从哪个入口进入。',
    '建议使用谷歌浏览器，或 360 安全浏览器的极速模式。',
  ],
  severalNames:
    '一个账号的几个登录名，试错的次数合在一起算。试得太多，要过一刻钟才能登录，换一个登录名也一样。',
  otherSite: (name: string) => `${name}的账号不能在这里登录。`,
  wechatTitle: '微信公众号',
  wechat: (account: string) =>
    `在微信里关注服务号「${account}」，可以取注册验证码；绑定后，还可以用它重置密码。`,
};
