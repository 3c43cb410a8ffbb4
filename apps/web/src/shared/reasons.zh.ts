import { photoNames } from './photo-names.zh.ts';

export const zh = {
  rejectedFor: '人工审核不通过。不通过原因：',
  items: {
    ...photoNames,
    name: '姓名',
    validity: '证件有效期',
    profile: '个人身份信息',
    number: '证件号码',
  },
  framed: '问题在框出的地方。',
  note: '审核员说：',
  toProfile: '去修改个人身份信息',
  toRegister: '重新注册',
};
