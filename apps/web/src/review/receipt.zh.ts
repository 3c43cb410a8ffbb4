import type { CaseChannel } from '@shiming/domain';

export const zh = {
  title: '已提交人工审核',
  lead: '请记下编号，或打印这一页。',
  name: '姓名',
  nextTitle: '接下来',
  next: (workingDays: number) => [
    `审核员会在 ${workingDays} 个工作日内给出结果。`,
    '审核期间不能修改个人信息，也不能实名核验。',
  ],
  told: {
    sms: (at: string) => `有进展会发短信到 ${at}，具体内容请登录查看。`,
    mail: (at: string) => `有进展会发到您的安全邮箱 ${at}。`,
    inbox: () => '有进展会出现在本网站的“通知”里。',
  } satisfies Record<CaseChannel, (at: string) => string>,
  track: '查看进度',
  print: '打印',
  none: '现在没有提交的人工审核。',
};
