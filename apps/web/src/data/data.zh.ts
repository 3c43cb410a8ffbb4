export const zh = {
  title: '我的数据',
  lead: '我们记下了您的什么，为什么记，记多久，您可以怎么做。',

  held: '记下了什么',
  identity: '账号和身份',
  createdAt: '注册时间',
  records: '您的记录',
  see: '查看',
  seeLabel: (term: string) => `查看${term}`,
  count: (count: number) => (count === 0 ? '没有' : `${count} 条`),
  weChat: '绑定的微信',
  weChatSince: (day: string) => `${day} 绑定`,
  weChatNone: '没有绑定',
  fetched: '学籍、考试和证书信息',
  verifications: '实名核验',
  reviews: '人工审核',
  reviewsSince: (count: number, day: string) => `${count} 份申请（含草稿），最近一份 ${day}`,
  contactChanges: '修改联系方式',
  sessions: '登录记录',
  notices: '通知',
  history: '操作和查看记录',
  all: '全部种类，各保存多久',

  correct: '更正',
  correctText: '有不对的，可以这样改：',
  corrections: {
    name: { term: '姓名、有效期', value: '和新证件不一样了，在实名核验页更正。' },
    contact: { term: '手机号码、邮箱', value: '在登录与安全页修改。' },
    profile: { term: '民族和其他个人信息', value: '在个人信息页修改；核验过的项目不能再改。' },
    number: {
      term: '证件类型、证件号码',
      value: '不能改：号码就是账号。填错了，请注销后用正确的号码重新注册。',
    },
    identity: {
      term: '证件类型、证件号码',
      value: '核验不一致的，在个人信息中心改正；确定以后不能自己改，办法也写在那里。',
    },
    records: { term: '各种记录', value: '不能改：记录要如实，才能查到谁做过什么。' },
  },
  go: '去更正',
  goLabel: (term: string) => `去更正：${term}`,

  consents: '您的同意',

  download: '下载',
  downloadText:
    '上面的全部内容，没有遮盖。网页文件可以直接看、打印，里面有人工审核的照片；JSON 文件供其他系统读取。下载前要证明是您本人，每次下载都会留下记录。请保存在只有您能打开的地方。',
  downloadWeChat: '在微信里打开的，请先改用手机浏览器打开本页。',
  downloadButtons: { html: '下载网页文件', json: '下载 JSON 文件' },
  preparing: '正在准备，请稍等',
  downloaded: '已开始下载。没有看到文件的，请再点一次。',
  photosMissing: (count: number) => `已开始下载，但有 ${count} 张照片没有取到，请再点一次。`,

  close: '注销账号',
  closeText: (span: string) => `删除账号和里面的内容。申请后等 ${span}，这期间可以取消。`,
  closeLink: '注销账号',
};
