/** What comes next, in one line, why, and what is pressed. */
export const zh = {
  keep: {
    title: (time: string) => `账号将于 ${time} 注销。`,
    text: '在这之前可以登录，但不能办理业务。想继续使用，请取消注销。',
    action: '去取消注销',
  },
  several: (count: number) => `还差 ${count} 项，按顺序完成后才能使用各项服务：`,
  needs: { identity: '填写实名信息', binding: '实名信息绑定', profile: '完善个人信息' },
  identity: {
    title: '请先填写实名信息。',
    text: '填写本人的姓名、证件类型和证件号码，大约 1 分钟。',
    action: '填写实名信息',
  },
  binding: {
    title: '还差一步：实名信息绑定。',
    text: '绑定手机号码或者邮箱后，才能使用各项服务。',
    action: '现在绑定',
  },
  profile: {
    title: '还差两步：完善个人信息，实名核验。',
    titleReview: '还差两步：完善个人信息，人工审核。',
    text: '先补全个人信息，大约 1 分钟。',
    action: '完善个人信息',
  },
  consent: {
    title: '请先同意处理证件号码。',
    text: '没有这项同意，不能核验，也不能办理业务。',
    action: '去同意',
  },
  answer: {
    title: '人工审核需要您补充。',
    text: (until: string) => `请在 ${until} 前按要求改好，再交回审核。`,
    textOpen: '请按要求改好，再交回审核。',
    action: '去补充',
  },
  /** The words of the seed (T-REV-04). */
  waiting: {
    title: '您已提交人工审核，请耐心等待。',
    text: (due: string) => `最晚 ${due}给出结果。审核期间不能修改个人信息，也不能实名核验。`,
    action: '查看进度',
  },
  asking: {
    title: '正在核验。',
    text: '公安部门还没有答复，最多约 1 分钟。',
    action: '查看结果',
  },
  number: {
    await_number: {
      title: '证件号码的申请正在处理。',
      text: '号码归您以后，可以办理业务。',
      action: '查看进度',
    },
    claim_number: {
      title: '证件号码还没有归您的账号。',
      text: '请查看申请到了哪一步、还要做什么。',
      action: '查看申请',
    },
  },
  verify: {
    title: '还差一步：实名核验。',
    text: (left: number) => `通过后才能办理业务，一般 1 分钟完成。今天还可以核验 ${left} 次。`,
    action: '现在核验',
  },
  later: {
    title: '今天的核验次数已用完。',
    text: (time: string) => `${time} 恢复，到时再来核验。`,
    action: '看没有通过的原因和办法',
  },
  review: {
    title: '还差一步：人工审核。',
    text: '在线核验服务目前核对不了这种证件，请上传证件照片，由工作人员核对。',
    rejected: '人工审核没有通过。',
    rejectedText: '请看原因，改正后可以再申请。',
    laterText: (time: string) => `这一时期的次数已用完，${time} 起可以再申请。`,
    ways: { new: '申请人工审核', draft: '继续填写人工审核', rejected: '看人工审核不通过的原因' },
  },
  raise: {
    title: (level: string) => `办理业务要达到${level}。`,
    text: '看现在是几级、怎样提升。',
    action: '看实名等级',
  },
  ready: {
    authority: '已通过实名核验，可以办理业务。',
    review: '人工审核通过，可正常办理业务。',
    unchecked: '可以办理业务。',
  },
};
