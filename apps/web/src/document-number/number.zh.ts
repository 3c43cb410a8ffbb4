export const zh = {
  type: '证件类型',
  notTaken: '这里没有列出的证件，还不能用来注册。',
  notTakenLink: '我的证件不在选项里，怎么办？',
  number: '证件号码',
};
