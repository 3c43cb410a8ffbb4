import type { DocumentType, PhotoSide, Sex, ValidityTerm } from '@shiming/domain';

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
  /** How the number is written. */
  numberHints: {
    resident_identity_card: '18 位，最后一位可能是 X。',
    hmt_residence_permit: '18 位，以 810000、820000 或 830000 开头。',
    hk_macao_travel_permit: '9 位：H 或 M 和 8 位数字。后面两位换证次数不用填。',
    taiwan_travel_permit: '8 位数字。后面两位换证次数不用填。',
  } satisfies Record<DocumentType, string>,
  /** The two sides of which a review takes a photo. */
  sides: {
    resident_identity_card: { a: '人像面', b: '国徽面' },
    hmt_residence_permit: { a: '人像面', b: '有签发机关的一面' },
    hk_macao_travel_permit: { a: '有照片的一面', b: '背面' },
    taiwan_travel_permit: { a: '有照片的一面', b: '背面' },
  } satisfies Record<DocumentType, { a: string; b: string }>,
  /** What each photo shows. */
  photoLeads: {
    resident_identity_card: {
      a: '身份证有头像、姓名和号码的一面。',
      b: '身份证有国徽、签发机关和有效期限的一面。',
      holding: '您本人手持身份证，有头像的一面朝向镜头。',
    },
    hmt_residence_permit: {
      a: '居住证有头像、姓名和号码的一面。',
      b: '居住证有签发机关和有效期限的一面。',
      holding: '您本人手持居住证，有头像的一面朝向镜头。',
    },
    hk_macao_travel_permit: {
      a: '通行证有照片、姓名和有效期的一面。',
      b: '通行证的背面。',
      holding: '您本人手持通行证，有照片的一面朝向镜头。',
    },
    taiwan_travel_permit: {
      a: '通行证有照片、姓名和有效期的一面。',
      b: '通行证的背面。',
      holding: '您本人手持通行证，有照片的一面朝向镜头。',
    },
  } satisfies Record<DocumentType, Record<PhotoSide, string>>,
  sexes: { male: '男', female: '女' } satisfies Record<Sex, string>,
  terms: { 5: '5 年', 10: '10 年', 20: '20 年', long_term: '长期' } satisfies Record<
    ValidityTerm,
    string
  >,
  longTerm: '长期',
  /** 「女，1995 年 8 月 15 日出生」. */
  sexAndBirth: (sex: string, birthDate: string) => `${sex}，${birthDate}出生`,
};
