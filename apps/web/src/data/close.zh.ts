export const zh = {
  title: '注销账号',
  lead: '注销就是把账号和里面的内容删掉，不能恢复。',
  whatHappens: '会发生什么',
  consequences: (date: string, days: number) => [
    `今天申请，${date}删除。这 ${days} 天里随时可以取消。`,
    '等待的时候可以登录，但不能办理新的业务。',
    '到期删除：证件信息、联系方式、个人信息、核验结果、同意记录、通知、登录记录、微信绑定。',
    '只留下没有姓名和号码的操作记录，按规定的时间保存，然后删除。',
    '已经在业务系统里办理的事项不受影响，由业务系统保存。',
    '以后可以用同一证件重新注册，但要从头填写和核验。',
  ],
  before: '注销以前',
  download: '先下载一份自己的数据',
  request: '申请注销',
  dialogTitle: '申请注销账号？',
  dialogText: (time: string) =>
    `账号将于 ${time} 删除。邮箱确认过的，会收到一封邮件，里面有取消的链接；也可以登录取消。`,
  dialogRequest: '申请注销',
  dialogBack: '再想想',
  doneTitle: '已申请注销',
  stoppedTitle: '已取消注销',
  wrongNumber: '证件号码填错了，或者不是本人的？',
  wrongNumberText:
    '这个账号还没有核验过身份，可以不用等待，现在就关闭。关闭后证件号码马上可以重新注册。',
  closeNow: '号码不是本人的，立即关闭',
  nowTitle: '立即关闭账号？',
  nowText: (days: number) =>
    `所有设备马上退出，这个账号不能再登录，也不能恢复。账号里的内容 ${days} 天后删除。邮箱确认过的，会收到一封邮件。`,
  closedTitle: '账号已关闭',
  closedText: '证件号码已经空出来，可以用正确的号码重新注册。',
  register: '重新注册',
  doneText: '确认过的安全邮箱会收到一封邮件，里面有取消的链接；也可以登录后在“我的数据”取消。',
};
