export const zh = {
  title: '办理业务',
  gateTitle: '请先完成实名核验',
  gate: '您还未进行实名核验，需进入“个人信息中心”完成实名核验，再办理业务！',
  confirm: '确定',
  notNow: '返回网上办事',
  closedTitle: '现在还不能办理',
  consentTitle: '请先同意处理证件号码',
  serviceConsentTitle: '请先同意交出实名信息',
  closingTitle: '账号正在注销',
  ready: '您已通过实名核验，符合办理这项业务的要求。',
  open: '您的账号符合办理这项业务的要求。',
  required: '这项业务的要求',
  yours: '您的实名等级',
  notConnected:
    '办理这项业务的系统是另外的系统，还没有与这里接通。接通以后，您从这里直接进入，不用再登录。',
  enter: '进入',
  account: '看我的个人信息中心',
};
