import type { FieldCode } from '@shiming/domain';
import type { BadRow } from './legacy-file.ts';

type Fields =
  | 'document_type'
  | 'document_number'
  | 'name'
  | 'validity_start'
  | 'validity_term'
  | 'mobile'
  | 'email';
type Code =
  | Exclude<Extract<FieldCode, `${Fields}.${string}`>, `${string}.unchanged`>
  | Exclude<BadRow['code'], FieldCode>;

const sentences: Record<Code, string> = {
  'row.columns': '列数与第一行不同 / not as many columns as the first line names',
  'document_type.missing': '没有这种证件类型 / no such document type',
  'document_number.missing': '缺证件号码 / the document number is missing',
  'document_number.length_15': '15 位的旧号码 / an old number of 15 digits',
  'document_number.format': '位数或字符与证件类型不符 / not the form of this document’s numbers',
  'document_number.check_digit': '校验位不对 / the check digit is wrong',
  'document_number.region':
    '前 6 位与证件类型不符 / the first 6 digits do not go with this document',
  'document_number.birth_date': '第 7 到 14 位不是出生日期 / digits 7 to 14 are not a birth date',
  'document_number.issuer': '缺发证机关 / the issuing authority is missing',
  'document_number.wrong_type': '是另一种证件的号码 / the number of another kind of document',
  'document_type.not_taken': '这种证件不能注册 / accounts are not made of this document',
  'document_number.not_taken': '这种证件不能注册 / accounts are not made of this document',
  'document_number.repeated': '前面已有这个号码 / the number has come before in the file',
  'name.missing': '缺姓名 / the name is missing',
  'name.too_long': '姓名太长 / the name is too long',
  'name.characters': '姓名里有不能用的字符 / the name has characters that names do not have',
  'name.latin': '拉丁字母的姓名不合规则 / not a name in Latin letters',
  'name.private_use': '姓名里有自造字 / the name has a character of private use',
  'name.separator_place': '间隔号的位置不对 / the separator is in the wrong place',
  'validity_start.missing': '缺有效期起始日期 / the start of the validity is missing',
  'validity_start.incomplete': '起始日期不全 / the start is incomplete',
  'validity_start.not_a_date': '不是 YYYY-MM-DD 的日期 / not a date as YYYY-MM-DD',
  'validity_start.in_future': '起始日期在今天以后 / the start is after today',
  'validity_start.too_early': '起始日期早于 1984-01-01 / the start is before 1984-01-01',
  'validity_start.before_birth': '起始日期早于出生 / the start is before the birth',
  'validity_term.missing': '缺有效期 / the validity is missing',
  'validity_term.not_offered':
    '这种证件没有到这一天的期限；长期留空 / no validity of this document ends on that day; empty means long term',
  'validity_term.long_term_under_46':
    '起始时不满 46 周岁，不能是长期 / long term is for holders of 46 or more at its start',
  'mobile.missing': '缺手机号码 / the mobile number is missing',
  'mobile.format': '不是 11 位手机号码 / not a mobile number of 11 digits',
  'email.missing': '缺邮箱地址 / the mail address is missing',
  'email.format': '不是邮箱地址 / not a mail address',
  'email.full_width_dot': '邮箱地址里有全角的点 / the mail address has a full-width dot',
  'email.qq_alias': 'QQ 邮箱用了别名 / the QQ mail address is an alias',
  'email.too_long': '邮箱地址太长 / the mail address is too long',
  'registered_at.format':
    '不是带时区的时间，如 2020-05-06T08:30:00+08:00 / not an instant with its zone, such as 2020-05-06T08:30:00+08:00',
  'registered_at.in_future': '注册时间在现在以后 / the registration is in the future',
};

/** A reason in both languages. It names the column and never what stands in it. */
export const sentenceOf = (code: BadRow['code']): string =>
  (sentences as Partial<Record<string, string>>)[code] ?? code;
