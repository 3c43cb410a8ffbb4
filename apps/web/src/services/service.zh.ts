export const zh = {
  title: '办理业务',
  gateTitle: '请先完成实名核验',
  gate: '您还未进行实名核验，需进入“个人信息中心”完成实名核验，再办理业务！',
  confirm: '确定',
  notNow: '返回网上办事',
  ready: '您已通过实名核验，符合办理这项业务的要求。',
  required: '这项业务的要求',
  yours: '您的实名等级',
  level: (level: number, meaning: string) => `${level} 级：${meaning}`,
  levels: ['未证实', '已证实联系方式', '已填写实名信息', '已由权威数据核验', '已比对人脸'],
  notConnected: '申报系统是另外的系统，还没有与这里接通。接通以后，您从这里直接进入，不用再登录。',
  account: '看我的个人信息中心',
};
