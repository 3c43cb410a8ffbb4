export const zh = {
  title: '以下信息是否正确？',
  text: '确定以后与公安部门的数据核对。核对不一致的可以改正；一致的不能自己修改。',
  name: '姓名',
  mobile: '手机号码',
  noMobile: '还没有填写',
  yes: '是',
  no: '否，回去修改',
  checking: '正在核验',
  checkingText: '正在与公安部门的数据核对，最多约 1 分钟。请不要关闭页面。',
};
