export const zh = {
  title: (site: string) => `从${site}来`,
  lead: (portal: string) => `用${portal}的账号注册、登录，一个账号就够。`,
  once: '已有账号的请直接登录，不要重复注册；忘记账号或密码的，先试着找回。',
  register: '注册账号',
  signIn: '已有账号，去登录',
  ready: '账号已经可以使用。',
  back: (site: string) => `返回${site}`,
  leadsTo: (host: string) => `会打开 ${host}`,
  byHand: (site: string) => `办好后，请自己回到${site}的网页继续办理。`,
  notRegistered: '带来的返回地址没有登记，为了您的安全不会打开。',
};
