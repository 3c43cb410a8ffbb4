export const zh = {
  firstTitle: '完善个人信息',
  firstLead: '第一次登录，先补全下面的信息，大约 1 分钟。',
  title: '修改个人身份信息',
  weChat: '建议您通过微信扫码关注服务号，并与本系统账号绑定，以便于忘记密码时进行密码重置。',
  weChatLink: '绑定微信',
  fixed: '注册时的信息',
  whereName: '姓名、有效期限有变化的，到',
  whereNameLink: '实名核验',
  whereNameAfter: '页面改，核验通过后生效。',
  whereFixed: '证件号码确定以后不能改；有误的，看个人信息中心的“实名信息有误怎么办”。',
  whereNumber: '证件号码就是账号，不能改；填错了，要用正确的号码重新注册。',
  verified:
    '核验过的姓名、有效期限和通行证号码不能在这里改；其他信息可以改，改之前要证明是您本人。',
  submitFirst: '保存，去实名核验',
  submit: '保存',
  reveal: '显示号码并修改',
  revealNote: '修改时会显示完整的号码，这次查看会被记录。',
};
