import type { VerificationStatus } from '@shiming/domain';

/** What the notes say of the portal's rules and services. */
type Notes = {
  perDay: number;
  /** What is open only to verified people: services, or a page. */
  services: string | null;
  page: string | null;
  signsIn: boolean;
  workingDays: number;
};

export const zh = {
  title: '实名核验',
  lead: '把姓名、证件号码和有效期限与公安部门的数据比对，一般 1 分钟。',
  leadPermit: '把姓名和通行证号码与公安部门的数据比对，一般 1 分钟。',
  notVerified: '您还未进行实名核验。',
  ranOut: (day: string) =>
    `您的证件有效期到 ${day}为止，已经过期，不能用它办理业务。换领新证后，请填写新证的有效期限，再核验一次。`,
  left: (left: number, perDay: number) =>
    `每天最多 ${perDay} 次，今天还剩 ${left} 次，明天 0 点恢复。`,
  lastFailed: '上一次没有通过。',
  lastFailedLink: '看原因和办法',
  usedUp: (perDay: number, resumes: string) =>
    `今天的 ${perDay} 次已经用完，${resumes} 恢复。到时再来，不用重新注册。`,
  toServices: '返回网上办事',
  permitOnly: '核验的是姓名和通行证号码，不是居住证号码。请保证这两项与通行证一致。',
  permitWrong: '通行证号码不对的，先去改：',
  permitWrongLink: '修改个人身份信息',
  noAuthority: '在线核验服务目前核对不了这种证件，所以不能在这里提交，也不占每天的次数。',
  noAuthorityNext: '请申请人工审核：上传证件照片，由工作人员核对。',
  toReview: '申请人工审核',
  documentType: '证件类型',
  number: '证件号码',
  travelPermitNumber: '通行证号码',
  reveal: '显示完整号码',
  name: '姓名',
  validity: '有效期限',
  submit: '实名核验',
  waitingTitle: '正在核验',
  waiting: '最多约 1 分钟，完成后自动进入下一步。请不要关闭页面。',
  longWait: '仍在处理，请不要关闭页面。公安部门的答复比平时慢。',
  matchedTitle: '实名核验成功',
  matched: (time: string) => `${time}，由公安部门数据核验。现在可以办理业务。`,
  /** What somebody else than the authority has confirmed. */
  matchedBy: {
    window: (time: string) => `${time}，由登记窗口当面核对。现在可以办理业务。`,
    face: (time: string) => `${time}，由人脸比对核验。现在可以办理业务。`,
    school: (time: string) => `${time}，由学校的数据核验。现在可以办理业务。`,
  },
  reviewedTitle: '人工审核通过',
  /** The words of the seed (T-REV-05), with the time. */
  reviewed: (time: string) => `${time}，人工审核通过，可正常办理业务。如有需要，仍可进行实名核验。`,
  reviewedAgain: '在这里改，再核验一次，通过后生效；没有通过，人工审核的结果不变。',
  changed: '姓名或有效期限有变化？',
  changedText: '在这里改，再核验一次，通过后生效；没有通过，现在的核验结果不变。',
  changedReview:
    '请再申请一次人工审核，填写新的姓名或有效期限，上传新证件的照片，通过后生效；其间和没有通过时，现在的核验结果不变。',
  changedButton: '修改并重新核验',
  changeTitle: '修改姓名或有效期限',
  ledger: '今天的核验记录',
  statuses: {
    asked: '还没有结果',
    matched: '一致',
    mismatched: '不一致',
    no_record: '没有查到',
    refused_input: '核验服务没有接受提交的内容',
    unavailable: '核验服务没有回应',
  } satisfies Record<VerificationStatus, string>,
  counted: '计 1 次',
  notCounted: '不计次',
  notCountedWhy: '没有得到答复的，不计次。',
  notes: '说明',
  noteList: ({ perDay, services, page, signsIn, workingDays }: Notes) => [
    ...(services === null
      ? []
      : [`不做实名核验，也可以登录系统，但是在办理${services}业务之前必须做实名核验。`]),
    ...(page === null ? [] : [`查看${page}以前，必须做实名核验。`]),
    `每天最多可以核验 ${perDay} 次，0 点恢复。没有通过的，不要直接重复提交，请仔细核对所填的内容；检查姓名、证件号码是否与${signsIn ? '登录信息' : '证件'}一致。系统或核验服务的故障不计次。`,
    '确认信息无误、仍不能通过的，可能是您的身份信息近期发生过变化，公安系统未及时更新。用居民身份证的，可以开通网证更新信息。',
    '网证办理失败、开通后仍然不通过，或用的不是居民身份证的，从实名核验没有通过的页面进入“人工审核”，上传证件照片，审核通过后再办理业务。',
    `人工审核周期较长，仅能保证 ${workingDays} 个工作日内给出结论，请妥善规划办理时间。待审核期间，不能修改信息，也不能核验。`,
    '每年 1 月 1 日到 8 月 31 日、9 月 1 日到 12 月 31 日，各可以申请三次人工审核，提交前请仔细核对。',
    signsIn
      ? '姓名和有效期限在这里改，核验通过后才生效。证件号码就是账号，不能改；填错了，要用正确的号码重新注册。'
      : '姓名和有效期限在这里改，核验通过后才生效。证件号码有误的，看个人信息中心。',
  ],
  guide: '《居民身份证网上功能凭证开通指南》',
  help: '常见问题',
  write: '写信给客服',
};
