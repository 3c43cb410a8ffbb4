export const zh = {
  title: '个人信息中心',
  saved: '已保存。',
  identity: '个人身份信息',
  edit: '修改',
  editLabel: '修改个人身份信息',
  reveal: '显示完整信息',
  hide: '隐藏',
  revealNote: '显示一次，就会记录一次。',
  verification: '实名核验',
  verified: '已通过实名核验',
  verifiedText: (day: string) => `${day}，由公安部门数据核验。`,
  reviewedText: (day: string) => `${day}，人工审核通过。`,
  /** The words of the seed (T-REV-05). */
  holdsUntil: (day: string) => `证件有效期到 ${day}，到期前请更新。`,
  reviewedReady: (day: string) =>
    `${day}，人工审核通过，可正常办理业务。如有需要，仍可进行实名核验。`,
  seeVerification: '查看',
  seeVerificationLabel: '查看实名核验',
  more: '账号',
  open: '进入',
  openLabel: (page: string) => `进入${page}`,
  security: { term: '登录与安全', value: '密码、联系方式、登录的设备、谁看过我的信息' },
  notices: (unread: number) => ({
    term: '通知',
    value: unread === 0 ? '没有未读的' : `${unread} 条未读`,
  }),
  weChat: { term: '微信', value: '绑定后，忘记密码可以用微信重置' },
  guardian: {
    term: '为未满 14 周岁的孩子同意',
    value: '孩子注册以前，由父母或其他监护人同意；也可以撤回',
  },
  data: { term: '我的数据', value: '查看、下载、撤回同意、注销账号' },
};
