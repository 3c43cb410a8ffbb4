import type { DocumentType, PhotoSide } from '@shiming/domain';

/** What the photos of a certificate of service show. */
const certificate = {
  a: '证件上有照片和姓名的一页。',
  b: '证件上有号码和发证机关的一页。',
  holding: '您本人手持证件，有照片的一页朝向镜头。',
};

export const zh = {
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
  leads: {
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
};
