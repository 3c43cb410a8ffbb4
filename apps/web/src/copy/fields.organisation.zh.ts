import type { OrganisationFieldCode } from './failures.ts';

export const zh = {
  'organisation_name.missing': '请输入单位名称，与登记证书一致',
  'organisation_person.missing': '请输入联系人的姓名，与证件一致',
  'organisation_person.unasked': '请确认联系人已经知道并同意，请勾选',
  'organisation_code.missing': '请输入统一社会信用代码',
  'organisation_code.format': '统一社会信用代码是 18 位数字或大写字母，没有 I、O、S、V、Z',
  'organisation_code.check': '统一社会信用代码有误，请对照登记证书检查',
} satisfies Record<OrganisationFieldCode, string>;
