import type { DocumentType } from '@shiming/domain';
import { zh as documents } from './documents.zh.ts';
import type { DocumentFieldCode, FieldSentence } from './failures.ts';

const names = (types: readonly DocumentType[]) =>
  types.map((type) => documents.types[type]).join('、');

export const zh = {
  'document_type.missing': '请选择证件类型',
  'document_type.not_taken': (taken: readonly DocumentType[]) =>
    `这种证件不能在这里用。可以用：${names(taken)}`,
  'document_number.missing': '请输入证件号码',
  'document_number.length_15': '请输入 18 位号码；15 位的旧号码已停用，新号码在现在的身份证上',
  'document_number.format': '号码的位数或字符与所选证件不符，请对照证件检查',
  'document_number.check_digit': '号码有一位不对，请对照证件逐位检查',
  'document_number.region': '前 6 位与所选证件不符，请对照证件检查',
  'document_number.birth_date': '第 7 到 14 位不是出生日期，请对照证件检查',
  'document_number.issuer': '各地的号码会重复，请连同发证机关一起填写，例如：某某市公安局 000001',
  'document_number.wrong_type': '这是另一种证件的号码，请检查上面选的证件类型',
  'child_number.of_age': '号码上的人已满 14 周岁，由本人自己同意，不用监护人',
  'document_number.not_taken': (taken: readonly DocumentType[]) =>
    `这种证件的号码不能在这里用。可以用：${names(taken)}`,
  'name.missing': '请输入姓名',
  'name.too_long': '姓名太长，请只填证件上的姓名',
  'name.characters': '姓名里只能有汉字和间隔号 ·，请去掉其他字符',
  'name.latin': '姓名用汉字，或者用证件机读区里的拉丁字母，不要混用',
  'name.private_use': '姓名里有一个字在其他设备上显示不出来，请换一种输入法重新输入这个字',
  'name.separator_place': '间隔号 · 要放在两个字之间',
  'validity_start.missing': '请输入有效期从哪天开始',
  'validity_start.incomplete': '请把年、月、日都填上',
  'validity_start.not_a_date': '日历上没有这一天，请对照证件检查',
  'validity_start.in_future': '开始日期在今天之后，请对照证件检查',
  'validity_start.too_early': '开始日期要在 1984 年 1 月 1 日或以后，请对照证件检查',
  'validity_start.before_birth': '开始日期早于出生日期，请对照证件检查',
  'validity_term.missing': '请选择有效多久',
  'validity_term.not_offered': '这种证件没有这个期限，请重新选择',
  'validity_term.long_term_under_46': '发证时年满 46 周岁才有“长期”，请重新选择',
  'validity_end.expired': '按所填日期，证件已经过期；请检查日期，或换用有效的证件',
} satisfies Record<DocumentFieldCode, FieldSentence>;
