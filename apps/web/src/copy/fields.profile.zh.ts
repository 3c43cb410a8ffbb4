import type { ProfileFieldCode } from './failures.ts';

export const zh = {
  'ethnicity.missing': '请选择民族',
  'sex.missing': '请选择性别',
  'birth_date.missing': '请输入出生日期',
  'birth_date.not_a_date': '日历上没有这一天，请对照证件检查',
  'sex.not_of_number': '与证件号码里的性别不一致，请检查',
  'birth_date.not_of_number': '与证件号码里的出生日期不一致，请检查',
  'birth_date.in_future': '出生日期在今天之后，请检查',
  'local_document_number.missing': '请输入当地身份证件号码',
  'local_document_number.format': '号码的位数或字符不对，请对照当地身份证件检查',
  'local_document_number.check_digit': '号码有一位不对，请对照当地身份证件逐位检查',
  'travel_permit_number.missing': '请输入通行证号码',
  'travel_permit_number.format': '号码的位数或字符不对，请对照通行证检查；最后两位换证次数不用填',
} satisfies Record<ProfileFieldCode, string>;
