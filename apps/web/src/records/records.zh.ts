import { zh as words } from './words.zh.ts';

export const zh = {
  ...words,
  notOffered: '本网站还没有接入这些信息的查询。',
  verifyFirst: '这些信息只给通过实名核验的本人看。请先核验。',
  verify: '去实名核验',
  left: (left: number, perDay: number) => `每天可以查询 ${perDay} 次，今天还可以查询 ${left} 次。`,
  usedUp: (perDay: number, resumes: string) =>
    `今天的 ${perDay} 次查询已用完，${resumes} 恢复。已经查到的仍可以看。`,
  never: '还没有查询过。',
  asking: '正在查询，还没有结果。',
  ask: '查询',
  askLabel: (kind: string) => `查询${kind}`,
  askAgain: '重新查询',
  askAgainLabel: (kind: string) => `重新查询${kind}`,
  look: '看结果',
  source: (authority: string) => `来源：${authority}`,
  at: (time: string) => `查询时间：${time}`,
  /** The one of several records. */
  one: (at: number, all: number) => `第 ${at} 条，共 ${all} 条`,
  unreachable: '这次没有连接上主管机构，不计次数。请稍后再查。',
  stillKnown: '下面是上一次查到的。',
  hidden: '学校正在核查您的信息，核查结束以前不显示。只有您本人看到这句话；请向学校了解。',
  notYet: (day: string) => `这一批次的信息还没有公布：录取截止一个月后可查，从 ${day} 起。`,
  notFound: {
    enrolment: '没有学籍信息',
    qualification: '没有学历信息',
    admission: '没有招生录取信息',
    student_loan: '没有助学贷款信息',
    photo_check: '没有图像校对信息',
    teacher_examination: '没有教师资格考试信息',
    putonghua: '没有普通话证书信息',
    degree: '没有学位证书信息',
    teacher_certificate: '没有教师资格证书信息',
  } satisfies Record<keyof typeof words.kinds, string>,
  /** The reasons of the seed (S-REC-01, S-REC-01a). */
  studentReasons: [
    '专升本的学生，专科学历的审核还没有通过。',
    '您在这里的姓名或证件号码，和学校上报的不一致。请先请学校更正，再重新查询。',
    '当批次录取截止还不满一个月。',
  ],
  otherReasons: [
    '您没有参加过这项考试，或没有这种证书。',
    '您在这里的姓名或证件号码，和发证时登记的不一致。请联系发证机构。',
  ],
  bindTitle: (school: string) => `前置学历（与${school}的学籍绑定）`,
  bindHint: '专升本的，请勾选一个或多个以前的学历。',
  bind: '保存绑定',
  bound: '已保存。',
  allDocuments: '您出示过的每一种证件都查过了。',
};
