import type { DocumentType } from '@shiming/domain';

export const zh = {
  type: '证件类型',
  notTaken: '外国人永久居留身份证（五星卡）和 HA、MA 开头的通行证还不能在这里注册。',
  notTakenLink: '我的证件不在选项里，怎么办？',
  number: '证件号码',
  numberHints: {
    resident_identity_card: '18 位，最后一位可能是 X。',
    hmt_residence_permit: '18 位，以 810000、820000 或 830000 开头。',
    hk_macao_travel_permit: '9 位：H 或 M 和 8 位数字。后面两位换证次数不用填。',
    taiwan_travel_permit: '8 位数字。后面两位换证次数不用填。',
  } satisfies Record<DocumentType, string>,
};
