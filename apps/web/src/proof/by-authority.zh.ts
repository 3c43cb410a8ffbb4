export const zh = {
  lead: '把证件上的信息填一遍，由公安部门的数据核对。',
  left: (left: number) => `与实名核验共用每天的次数，今天还剩 ${left} 次。`,
  submit: '提交核对',
  outcomes: {
    mismatched: (left: number) =>
      `填的信息与公安部门的数据不一致，请逐项对照证件。计 1 次，今天还剩 ${left} 次。`,
    no_record: (left: number) =>
      `公安部门的数据里没有查到填的信息，请逐项对照证件。计 1 次，今天还剩 ${left} 次。`,
    refused_input: (left: number) =>
      `核验服务没有接受这些内容，请对照证件检查。这次不计次，今天还剩 ${left} 次。`,
    unavailable: (left: number) =>
      `核验服务没有回应，这不是您的问题。请过几分钟再试。这次不计次，今天还剩 ${left} 次。`,
  },
};
