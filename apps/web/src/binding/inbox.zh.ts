export const zh = {
  title: '收件箱',
  lead: '同学请您协助绑定实名信息，或者解决证件号码重复，会写在这里。',
  empty: '没有请求。',
  asks: {
    binding: (name: string) => `${name} 请您协助绑定实名信息`,
    number_claim: (name: string) => `${name} 请您协助解决证件号码重复`,
  },
  school: '学校',
  year: '入学',
  mobile: '对方的手机号码',
  sent: '发出',
  until: '有效期到',
  careful:
    '只协助您本人认识的同学。没有人会为此付钱给您；有人要您“帮忙点一下”“扫码领奖”的，都是骗局。不用告诉任何人验证码。',
  effects: {
    binding: () => '您确认以后，对方可以用这个账号使用各项服务。',
    number_claim: (days: number) =>
      `另一个账号登记了这位同学的证件号码。您确认的是：提出申请的就是您认识的这位同学本人。您确认以后，另一个账号在 ${days} 个工作日内没有异议的，会被关闭；有异议的，由客服审核。`,
  },
  limits: (perYear: number, perDay: number, days: number) =>
    `每年最多协助 ${perYear} 人，每天 ${perDay} 人；${days} 天内可以撤回。查明不实的，以后不能再协助。`,
  answer: '处理这个请求',
  name: '这位同学的全名',
  nameHint: '请您自己填写，不要问对方。',
  confirm: { binding: '我认识，协助绑定', number_claim: '我认识，确认是本人' },
  wait: (seconds: number) => `请先看清楚（${seconds}）`,
  decline: '不协助',
  takeBack: '撤回协助',
  takeBackUntil: (time: string) => `${time} 以前可以撤回。`,
  states: {
    waiting: '等您处理',
    confirmed: '已协助',
    declined: '没有协助',
    withdrawn: '对方已撤回',
    taken_back: '您已撤回',
    expired: '已过期',
    needless: '对方已用其他方式绑定',
  },
};
