export const zh = {
  title: '输入短信验证码',
  changeNumber: '换个号码',
  ported: '携号转网的号码和新号段的号码可能收不到。收不到时，请换一个号码，或',
  byWeChat: '改用微信扫码获取验证码',
  portedAfter: '。',
  noneLeft:
    '这个号码今天的验证码已用完。请换一个号码、改用微信，或明天 0 点以后再来，填好的内容会保存 24 小时。',
};
