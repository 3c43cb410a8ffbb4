export const zh = {
  title: '设置密码',
  lead: {
    number: '登录时用证件号码和这个密码。',
    mobile: '登录时用手机号码和这个密码。',
    email: '登录时用邮箱和这个密码。',
  },
  password: '密码',
  hint: '输入前请把输入法切换到英文。不要用您的号码、生日或姓名。',
  again: '再输入一次密码',
  hasPassword: '密码已经设好。想换一个，就在下面重新设置；不想换，直接继续。',
  keep: '不换密码，继续',
};
