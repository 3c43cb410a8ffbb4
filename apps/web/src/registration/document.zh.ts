export const zh = {
  title: '您的身份证件',
  renewalDropped: '已去掉最后两位换证次数。',
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
