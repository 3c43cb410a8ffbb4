export const zh = {
  kinds: {
    mobile: {
      title: '修改手机号码',
      now: '现在的手机号码',
      field: '新的手机号码',
      hint: '能收短信的中国大陆手机号码，11 位。',
      send: '通过短信免费获取验证码',
      other: '换一个号码',
      done: '手机号码已修改',
    },
    email: {
      title: '修改安全邮箱',
      now: '现在的安全邮箱',
      field: '新的邮箱地址',
      hint: '请填常用的邮箱。',
      send: '发送验证码邮件',
      other: '换一个邮箱',
      done: '安全邮箱已修改',
    },
  },
  qqNumbers: 'QQ 邮箱请用 @ 前面是数字的地址。',
  lead: '验证码会发到新的联系方式，填对才会改。',
  otherPending: (kind: 'mobile' | 'email', after: string) =>
    `正在把${kind === 'mobile' ? '手机号码' : '安全邮箱'}改为 ${after}。现在改这一项，那一项就取消了。`,
  confirm: '确认修改',
  again: '没有收到，或想换一个，请再填一次。',
  cancel: '不改了',
  cancelText: '不改也没关系，原来的照常使用。',
  doneText: (after: string) => `以后的验证码和通知会发到 ${after}。`,
  told: (days: number) =>
    `原来验证过的联系方式会收到一条通知。如果不是您本人改的，${days} 天内可以从通知里撤销。`,
  back: '回到登录与安全',
};
