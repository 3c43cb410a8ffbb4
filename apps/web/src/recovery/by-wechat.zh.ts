export const zh = {
  title: '用微信重置密码',
  lead: '用绑定了这个账号的微信扫码，公众号会发来重置密码的链接。',
  show: '显示二维码',
  noneTitle: '这个账号没有绑定微信',
  none: '只有用微信注册过，或在个人信息中心绑定过微信的账号，才能用微信重置密码。',
  otherWay: '换一种办法',
  doneTitle: '这次重置已经结束',
  done: '如果您已经在微信里设置了新密码，现在就可以登录。',
  toSignIn: '去登录',
  startAgain: '重新开始',
};
