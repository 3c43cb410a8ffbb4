export const zh = {
  claimTitle: '证件重复-用户协助',
  claimText: (days: number) =>
    `可以请一位同学确认您的身份。同学确认以后，我们通知对方：对方从未通过实名核验，又在 ${days} 个工作日内没有异议的，号码归您的账号；其他情况由客服审核。`,
  noClaim: '没有正在办理的证件号码申请。',
  vouched: '同学已确认您的身份。',
  consent: '我们向教育部门查询您的学籍，只用来确认你们是同学。请先同意查询。',
  needs: {
    age: '未满 14 周岁的，不能请同学协助，请用其他方式。',
    identity: '请先填写实名信息。',
    record: '请先在“学信档案”查询您的学籍，我们凭学籍确认你们是同学。',
  },
  toNeeds: { identity: '填写实名信息', record: '去学信档案' },
  name: '同学姓名',
  mobile: '同学手机号码',
  ownMobile: '您的手机号码',
  ownMobileHint: '给同学辨认用，不会发送短信。',
  ask: '发送请求',
  asked: (name: string, mobile: string) => `已请 ${name}（${mobile}）协助。`,
  askedText: (until: string) =>
    `请同学登录自己的账号，打开右上角的“收件箱”处理，${until} 以前有效。姓名和手机号码都对，同学才会看到。`,
  withdraw: '撤回请求',
  ended: {
    confirmed: '上一次的协助已撤回或失效。',
    declined: '上一次的请求，同学没有同意。',
    withdrawn: '上一次的请求已撤回。',
    taken_back: '上一次的协助，同学撤回了。',
    expired: '上一次的请求过期了，没有人处理。',
  },
};
