export const zh = {
  title: '网上办事',
  lead: '一个账号，办理全部业务。',
  open: '在线办理',
  openService: (service: string) => `在线办理：${service}`,
  manual: (service: string) => `${service}申请人使用手册`,
  elsewhere: '证书查询和资讯',
  ownCertificate: '证书查询：本人查询',
  anyCertificate: '证书查询：其他查询',
  news: '教师资格资讯',
  firstTime: '第一次来？',
  steps: [
    { title: '注册账号', text: '准备好身份证件和手机，大约 3 分钟。' },
    { title: '实名核验', text: '登录后与公安部门的数据比对，一般 1 分钟。' },
    { title: '办理业务', text: '从上面的入口进入，按提示办理。' },
  ],
  register: '注册账号',
  signIn: '已有账号，去登录',
};
