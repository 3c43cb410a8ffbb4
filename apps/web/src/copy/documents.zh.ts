import type { DocumentType, Sex, ValidityTerm } from '@shiming/domain';

export const zh = {
  types: {
    resident_identity_card: '居民身份证',
    hmt_residence_permit: '港澳台居民居住证',
    hk_macao_travel_permit: '港澳居民来往内地通行证',
    taiwan_travel_permit: '台湾居民来往大陆通行证',
  } satisfies Record<DocumentType, string>,
  /** What tells a type from others of the same name. */
  typeNotes: {
    resident_identity_card: undefined,
    hmt_residence_permit: undefined,
    hk_macao_travel_permit: undefined,
    taiwan_travel_permit: '五年有效期',
  } satisfies Record<DocumentType, string | undefined>,
  sexes: { male: '男', female: '女' } satisfies Record<Sex, string>,
  terms: { 5: '5 年', 10: '10 年', 20: '20 年', long_term: '长期' } satisfies Record<
    ValidityTerm,
    string
  >,
  longTerm: '长期',
  /** 「女，1995 年 8 月 15 日出生」. */
  sexAndBirth: (sex: string, birthDate: string) => `${sex}，${birthDate}出生`,
};
