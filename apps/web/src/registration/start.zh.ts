export const zh = {
  title: '注册账号',
  lead: (services: string, steps: number) =>
    `大约 3 分钟，分 ${steps} 步。一个账号办理${services}。`,
  needTitle: '请准备好',
  needs: {
    document: {
      title: '您的身份证件',
      text: '居民身份证、港澳台居民居住证，或来往内地（大陆）通行证。',
    },
    mobile: { title: '您的手机', text: '用来收一条短信验证码，免费。' },
    email: { title: '您的邮箱', text: '用来收办理结果和找回账号。' },
    oneOf: { title: '您的手机或者邮箱', text: '用来收验证码，以后用它登录和找回账号。' },
  },
  keptTitle: '填到一半也没关系',
  kept: '每一步按“继续”后都会保存，24 小时内用这台设备可以接着填，之后自动删除。',
  privacyBefore: '我们记下什么、为什么，见',
  privacy: '《隐私说明》',
  start: '开始注册',
  signIn: '已有账号，去登录',
  signedIn: '您已经登录，不用再注册。',
  toAccount: '去个人信息中心',
};
