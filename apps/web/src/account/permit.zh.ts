import type { Region } from '@shiming/domain';

export const zh = {
  permitCheck:
    '办理业务前要做实名核验或人工审核，核对的是姓名和通行证号码，不是居住证号码。请保证这两项与通行证一致。',
  hints: {
    travelPermitNumber: {
      hong_kong: '图中 ① 处：H 和 8 位数字。后面两位换证次数不用填。',
      macao: '图中 ① 处：M 和 8 位数字。后面两位换证次数不用填。',
      taiwan: '图中 ③ 处：8 位数字。后面两位换证次数不用填。',
    } satisfies Record<Region, string>,
    localDocumentNumber: {
      hong_kong: '图中 ② 处：香港身份证号码，例如 A123456(3)。括号可以不填。',
      macao: '图中 ② 处：澳门身份证号码，8 位数字。括号可以不填。',
      taiwan: '图中 ④ 处：台湾身份证号码，1 个字母和 9 位数字。',
    } satisfies Record<Region, string>,
  },
  picture: '示意图：通行证号码在有照片的一面的下方，当地身份证件号码在背面',
  front: '有照片的一面',
  back: '背面',
  permitNames: {
    hong_kong: '港澳居民来往内地通行证',
    macao: '港澳居民来往内地通行证',
    taiwan: '台湾居民来往大陆通行证',
  } satisfies Record<Region, string>,
  legend: (permit: string, local: string) => `${permit} 通行证号码　${local} 当地身份证件号码`,
};
