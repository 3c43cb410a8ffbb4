export const zh = {
  title: '绑定实名信息',
  lead: '手机号码、教育网邮箱或同学协助，任选一种就可以。',
  bound: '实名信息已绑定。',
  goOn: '继续',
  /** S-DUP-03a. */
  claimFirst: '证件号码重复的申请解决以后，才能绑定实名信息。',
  toClaim: '查看申请',
  byMobile: '手机号码',
  byMobileText: '用短信验证码验证您本人的手机号码。',
  byMobileAction: '绑定手机号码',
  byMail: '教育网邮箱',
  byMailText:
    '以 .edu.cn 结尾的学校邮箱，用邮件验证码验证。校友邮箱不算，一个邮箱只能绑定一个账号。',
  byMailElsewhere:
    '您的教育网邮箱已经绑定另一个账号，所以不能绑定这一个。可以登录那个账号，或者用别的办法绑定。',
  byMailAction: '绑定邮箱',
  byClassmate: '请同学协助',
  byClassmateText: (days: number) => `同学要与您同校同班或同年入学，本人已绑定手机满 ${days} 天。`,
};
