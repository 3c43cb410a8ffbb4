import type { CredentialText } from '@shiming/domain';

export const zh = {
  title: '网证说明',
  lead: '网证的 App 名称和步骤会变。请对照官方的说明改好，写上核对的日期；保存后，各网站的页面马上用新的内容。',
  checkedOn: '核对日期',
  checkedOnHint: '如 2026-11-29',
  texts: {
    documents: '可以开通的证件',
    firstTitle: '办法一：名称',
    firstSteps: '办法一：步骤，一步一行',
    secondTitle: '办法二：名称（可以不填）',
    secondSteps: '办法二：步骤，一步一行',
    notes: '其他说明',
  } satisfies Record<CredentialText, string>,
  inChinese: (label: string) => `${label}（中文）`,
  inEnglish: (label: string) => `${label}（英文）`,
  count: (used: number) => `${used} 个字`,
  over: (by: number) => `超出 ${by} 个字`,
  save: '保存',
  saved: '已保存，页面已经用新的内容。',
};
