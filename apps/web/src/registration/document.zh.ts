import type { NumberNotice } from '@shiming/domain';

export const zh = {
  notTaken: '这里没有列出的证件，还不能在这里用。',
  notTakenLink: '我的证件不在选项里，怎么办？',
  title: '您的身份证件',
  notices: {
    renewal_digits_dropped: () => '已去掉最后两位换证次数。',
    number_lengthened: (number) => `15 位的旧号码已换成 18 位：${number}。`,
    check_digit_dropped: () => '已去掉最后一位：它是机读码的校验位，不是号码。',
    form_completed: (number) => `号码按证件的写法记为：${number}。`,
  } satisfies Record<NumberNotice, (number: string) => string>,
  front: '有照片的一面',
  back: '背面',
  picture: (number: string, dates: string) => `示意图：${number}；${dates}`,
  pictureLegend: '① 证件号码　② 有效期限',
  where: {
    numberBelow: '证件号码在有照片的一面的下方',
    datesBack: '有效期限在背面的下方',
    datesFront: '有效期限在同一面的中间',
  },
  consent: '我同意为注册和核验身份处理我的证件号码和有效期限（敏感个人信息），详见',
  consentLink: '《隐私说明》',
  accountName: '证件号码就是您的账号，注册后不能改。',
};
