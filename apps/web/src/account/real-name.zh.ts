export const zh = {
  title: '填写实名信息',
  lead: '请填写本人真实的姓名和证件，姓名不要用拼音。确定以后与公安部门的数据核对，核对一致的不能再修改。',
  checking: '正在核验',
  checkingText: '正在与公安部门的数据核对，最多约 1 分钟。请不要关闭页面。',
  submit: '确定',
  earlierNumber: '旧卡号码',
  earlierHint: '15 位，新卡上印着；以前没有办过旧卡的，不用填。',
};
