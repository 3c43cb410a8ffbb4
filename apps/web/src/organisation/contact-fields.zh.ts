export const zh = {
  person: '联系人姓名',
  mobile: '联系人手机号码',
  email: '联系人邮箱',
  contactAgrees: '联系人知道并同意：姓名、手机号码和邮箱用来核对和联系单位，详见',
  privacy: '《隐私说明》',
};
