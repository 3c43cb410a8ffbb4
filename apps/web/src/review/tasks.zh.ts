export const zh = {
  lead: '由工作人员对照证件照片核对您的信息。请准备好证件原件和手机。',
  verified: '您已通过实名核验，不用人工审核。',
  verifyFirst: '请先做实名核验。没有通过的，才用人工审核。',
  left: (perPeriod: number, left: number) =>
    `1 月 1 日到 8 月 31 日、9 月 1 日到 12 月 31 日，每个周期可以进行 ${perPeriod} 次人工审核，您还剩 ${left} 次。填写、换照片都不计次，提交才计次。`,
  usedUp: (perPeriod: number, resumes: string) =>
    `这个周期的 ${perPeriod} 次人工审核已用完，${resumes}起可以再申请。照片和资料可以先准备好，草稿留 30 天。`,
  tasks: '四项都完成后提交',
  hints: {
    answers: '姓名、有效期限、申请原因',
    holding: '您本人手持证件，上半身入镜',
  },
  states: {
    done: '已保存',
    todo: '未完成',
    preparing: '正在处理照片',
    sending: (percent: number) => `正在上传 ${percent}%`,
    failed: '没有传上',
    wrong: '要按原因改',
  },
  start: '开始',
  startLabel: (task: string) => `开始：${task}`,
  stillMissing: (missing: string) => `还差：${missing}。`,
  and: '、',
  savedUntil: (day: string) => `已经做好的都存在账号里，换一台设备也可以接着做，保留到 ${day}。`,
  corrects: '上一次没有通过的原因',
};
