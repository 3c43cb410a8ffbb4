import type { DocumentType, PhotoSide, Sex, ValidityTerm } from '@shiming/domain';

/** What the photos of a certificate of service show. */
const certificate = {
  a: '证件上有照片和姓名的一页。',
  b: '证件上有号码和发证机关的一页。',
  holding: '您本人手持证件，有照片的一页朝向镜头。',
};

export const zh = {
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
  /** The two sides of which a review takes a photo. */
  sides: {
    resident_identity_card: { a: '人像面', b: '国徽面' },
    hmt_residence_permit: { a: '人像面', b: '有签发机关的一面' },
    hk_macao_travel_permit: { a: '有照片的一面', b: '背面' },
    taiwan_travel_permit: { a: '有照片的一面', b: '背面' },
    permanent_residence_card: { a: '有照片的一面', b: '背面' },
    passport: { a: '有照片的资料页', b: '签名的一页' },
    military_officer_certificate: { a: '有照片的一页', b: '有号码的一页' },
    soldier_certificate: { a: '有照片的一页', b: '有号码的一页' },
    police_certificate: { a: '有照片的一面', b: '有号码的一面' },
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
    permanent_residence_card: {
      a: '永久居留身份证有照片、姓名和号码的一面。',
      b: '永久居留身份证的背面。',
      holding: '您本人手持永久居留身份证，有照片的一面朝向镜头。',
    },
    passport: {
      a: '护照有照片、姓名和号码的一页，最下面两行要拍全。',
      b: '护照上您签名的一页。',
      holding: '您本人手持护照，翻到有照片的一页，朝向镜头。',
    },
    military_officer_certificate: certificate,
    soldier_certificate: certificate,
    police_certificate: certificate,
  } satisfies Record<DocumentType, Record<PhotoSide, string>>,
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
