import type { Region } from '@shiming/domain';

export const zh = {
  terms: {
    name: '姓名',
    documentType: '证件类型',
    number: '证件号码',
    validity: '有效期限',
    region: '地区',
    email: '安全邮箱',
    mobile: '手机号码',
  },
  notProved: '未验证',
  change: '修改',
  changeLabel: (term: string) => `修改${term}`,
  regions: { hong_kong: '香港', macao: '澳门', taiwan: '台湾' } satisfies Record<Region, string>,
};
