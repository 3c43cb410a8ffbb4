export const zh = {
  title: '证明是您本人',
  lead: '这样的操作，只凭登录还不够。证明一次，10 分钟内不用再证明。',
  password: '登录密码',
  submit: '确认',
  others: '换一种办法',
  byPassword: '用登录密码',
  bySms: (mobile: string) => `短信验证码，发到 ${mobile}`,
  byMail: (email: string) => `邮件验证码，发到 ${email}`,
  neither: '密码想不起，手机和邮箱也收不到？',
  byAuthority: '用身份核验',
  neitherText:
    '没有别的在线办法。可以先退出，再用“忘记密码”；或者带上证件，到线下服务窗口办理；也可以：',
  write: '写信给客服',
};
