export const zh = {
  title: '扫码关注公众号',
  service: (account: string) => `服务号「${account}」`,
  subscription: '订阅号',
  alt: (name: string) => `${name}的二维码`,
};
