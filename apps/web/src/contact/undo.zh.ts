export const zh = {
  title: '撤销修改',
  enterLead: '手机号码或安全邮箱被改，不是您本人做的，可以在这里撤销。',
  code: '撤销码',
  codeHint: '在发到原来手机的短信里，12 位数字和字母。也可以直接打开邮件里的链接。',
  look: '查看改了什么',
  noCode: '没有短信，也没有邮件？',
  noCodeText: (days: number) =>
    `撤销码和链接 ${days} 天内有效，只能用一次。都没有的，请先重置密码，再修改联系方式。`,
  toRecovery: '去重置密码',

  openTitle: '要撤销这次修改吗',
  openLead: '请看清楚，再按下面的按钮。',
  mobile: '手机号码',
  email: '安全邮箱',
  before: '原来',
  after: '现在',
  happens: '撤销以后',
  effects: [
    '联系方式改回原来的。',
    '所有设备都退出。',
    '现在的密码、微信绑定和教育部账号关联作废，重置密码后才能登录。',
  ],
  undo: '不是我做的，撤销',
  wasMe: '是您本人改的，关掉这一页就可以。',

  doneTitle: '已撤销，账号已锁住',
  doneText: (before: string) =>
    `联系方式已改回 ${before}，所有设备都已退出，原来的密码不能再用。请现在重置密码。`,

  usedTitle: '这个撤销码已经用过',
  expiredTitle: '没有找到这个撤销码',
  expiredText: (days: number) =>
    `可能输错了，也可能已经过了 ${days} 天。请核对后再输一次；过期的，请先重置密码，再修改联系方式。`,
  enterOther: '再输一次撤销码',
};
