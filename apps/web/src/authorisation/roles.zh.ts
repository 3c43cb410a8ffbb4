import type { MatterRole } from '@shiming/domain';

/** As what somebody stands in the matter of a company. */
export const zh = {
  legal_representative: '法定代表人',
  shareholder: '股东（投资人）',
  director: '董事',
  supervisor: '监事',
  senior_manager: '高级管理人员',
  liaison: '联络员',
  agent: '委托代理人',
} satisfies Record<MatterRole, string>;
