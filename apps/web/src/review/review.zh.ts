import type { CaseChannel, CaseTask } from '@shiming/domain';
import { photoNames } from '../shared/photo-names.zh.ts';

export const zh = {
  title: '人工审核',
  tasks: {
    answers: '资料',
    ...photoNames,
  } satisfies Record<CaseTask, string>,
  caseNumber: '编号',
  submittedAt: '提交时间',
  due: '最晚给出结果',
  provisional: '这一年的放假安排还没有公布，日期可能会调整。',
  channel: '结果怎样通知您',
  channels: {
    sms: '发短信到手机',
    mail: '发到安全邮箱',
    inbox: '只在本网站的“通知”里',
  } satisfies Record<CaseChannel, string>,
  reason: '申请原因',
  change: '修改',
  changeLabel: (what: string) => `修改：${what}`,
  enlarge: '放大检查文字',
  enlargeLabel: (picture: string) => `放大检查文字：${picture}`,
  close: '关闭',
  pictureMarked: (picture: string) => `${picture}，有问题的地方已经框出`,
  pictureGone: '照片没有打开，请刷新本页。',
  toList: '回到任务列表',
  toCheck: '核对并提交',
  toVerification: '去实名核验',
};
