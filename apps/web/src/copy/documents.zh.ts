import type { DocumentType, Sex, ValidityTerm } from '@shiming/domain';

export const zh = {
  type: '证件类型',
  number: '证件号码',
  types: {
    resident_identity_card: '居民身份证',
    hmt_residence_permit: '港澳台居民居住证',
    hk_macao_travel_permit: '港澳居民来往内地通行证',
    taiwan_travel_permit: '台湾居民来往大陆通行证',
    permanent_residence_card: '外国人永久居留身份证',
    passport: '护照',
    military_officer_certificate: '军官证',
    soldier_certificate: '士兵证',
    police_certificate: '警官证',
  } satisfies Record<DocumentType, string>,
  /** What tells a type from others of the same name. */
  typeNotes: {
    resident_identity_card: undefined,
    hmt_residence_permit: undefined,
    hk_macao_travel_permit: undefined,
    taiwan_travel_permit: '五年有效期',
    permanent_residence_card: '五星卡或 2017 版',
    passport: undefined,
    military_officer_certificate: '包括文职干部证',
    soldier_certificate: '包括军士证、义务兵证',
    police_certificate: '人民警察证',
  } satisfies Record<DocumentType, string | undefined>,
  /** How the number is written. */
  oldNumberHints: {
    resident_identity_card: '18 位，最后一位可能是 X；旧的 15 位号码也可以。',
  } as Partial<Record<DocumentType, string>>,
  numberHints: {
    resident_identity_card: '18 位，最后一位可能是 X。',
    hmt_residence_permit: '18 位，以 810000、820000 或 830000 开头。',
    hk_macao_travel_permit: '9 位：H 或 M 和 8 位数字。后面两位换证次数不用填。',
    taiwan_travel_permit: '8 位数字。后面两位换证次数不用填。',
    permanent_residence_card: '18 位，以 9 开头；2017 版是 3 个字母和 12 位数字。',
    passport: '资料页右上角的号码，例如 E12345678。也可以粘贴资料页最下面的一整行。',
    military_officer_certificate: '连同前面的字一起填写，例如：军字第0000001号。',
    soldier_certificate: '连同前面的字一起填写，例如：士字第0000001号。',
    police_certificate: '发证机关和 6 位或 7 位号码一起填写，例如：某某市公安局 000001。',
  } satisfies Record<DocumentType, string>,
  sexes: { male: '男', female: '女' } satisfies Record<Sex, string>,
  terms: { 5: '5 年', 10: '10 年', 20: '20 年', long_term: '长期' } satisfies Record<
    ValidityTerm,
    string
  >,
  longTerm: '长期',
  noValidity: '不用填写',
  /** 「女，1995 年 8 月 15 日出生」. */
  sexAndBirth: (sex: string, birthDate: string) => `${sex}，${birthDate}出生`,
};
