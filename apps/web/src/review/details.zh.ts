export const zh = {
  lead: '照证件逐字填写，审核员会用它对照照片。',
  documentType: '证件类型',
  number: '证件号码',
  travelPermitNumber: '通行证号码',
  name: '姓名',
  validity: '有效期限',
  reasonHint: '说说为什么要人工审核，例如“刚换了新证，核验说不一致”。',
  count: (used: number, most: number) => `${used} / ${most} 字`,
  over: (by: number) => `多了 ${by} 字`,
  inboxNote: '不另外发消息，请记得回来看',
  fixed: '这些内容现在不能改。',
  save: '保存',
};
