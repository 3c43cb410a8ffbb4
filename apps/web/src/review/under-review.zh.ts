export const zh = {
  /** The words of the seed (T-REV-04). */
  waiting: '您已提交人工审核，请耐心等待',
  frozen: '审核期间不能修改个人信息，也不能实名核验。',
  progress: '查看进度',
  row: '人工审核',
  states: {
    offered: '可以申请',
    draft: '还没有提交',
    waiting: (due: string) => `已提交，最晚 ${due}给出结果`,
    returned: '需要补充',
    approved: '通过',
    rejected: '不通过，可以按原因修改',
    withdrawn: '已撤回',
    expired: '已结束',
  },
};
