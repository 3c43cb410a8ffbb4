export const zh = {
  title: '首次登录',
  lead: '征兵机关给了您密码单的，在这里设置自己的密码。忘记密码、重新领了密码单的，也在这里。',
  number: '居民身份证号码',
  firstPassword: '初始密码',
  firstPasswordHint: '密码单上的 12 位数字和大写字母，只能用一次。',
  password: '自己的密码',
  passwordHint: '以后用它登录，不要告诉别人，办理机关的人也不要告诉。',
  again: '再输入一次',
  consent: '我同意为注册和核验身份处理我的证件号码和有效期限（敏感个人信息），详见',
  consentLink: '《隐私说明》',
  agree: '我已阅读并同意',
  agreement: (name: string) => `《${name}注册协议》`,
  next: '继续',
  passwordTitle: '设置自己的密码',
  back: '回到上一步',
  submit: '设置密码并登录',
  confirmTitle: '以下信息是否正确？',
  confirmText: '确定以后，姓名和号码不能自己修改。密码单上的姓名写错的，请先到办理机关重新领取。',
  name: '姓名',
  yes: '是',
  no: '否，回去修改',
  refused: (triesLeft: number) =>
    triesLeft === 0
      ? '姓名、证件号码和初始密码不一致。试错的次数太多，要过一会儿才能再试。'
      : `姓名、证件号码和初始密码不一致，请对照密码单和身份证检查，还可以试 ${triesLeft} 次。都没有填错的，请办理机关核对姓名和号码，重新办理。`,
  firstPasswordDead: '初始密码已经用过或者失效。请到办理机关重新领取；不是您本人用的，请马上去。',
  taken: '这个证件号码已经有账号，不能用密码单登录。',
  takenText:
    '如果您绑定过邮箱或手机号码，请用它登录，或者找回密码。账号是在别的机关办理的，请到那里领取密码单。都不是的，请写信给客服。',
  login: '登录',
  recover: '找回密码',
  write: '写信给客服',
};
