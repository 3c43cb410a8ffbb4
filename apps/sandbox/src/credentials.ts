import type { AliyunCredentials } from './acs3.ts';
import type { TencentCredentials } from './tc3.ts';

/** The account that sends mail over SMTP. */
export type SmtpCredentials = { username: string; password: string };

/** What the WeChat platform shows under 设置与开发: `token` and `encodingAesKey` (43 characters) are for pushes. */
export type WeChatCredentials = {
  appId: string;
  appSecret: string;
  token: string;
  encodingAesKey: string;
};

export type SandboxCredentials = {
  aliyun: AliyunCredentials;
  tencent: TencentCredentials;
  records: TencentCredentials;
  smtp: SmtpCredentials;
  wechat: WeChatCredentials;
  ministry: { clientId: string; clientSecret: string };
};

/**
 * The keys that the sandbox issues. All start with `sandbox-`, so that production can refuse them on sight; WeChat's
 * token and AES key, where the platform takes letters and digits only, start with `sandbox`.
 */
export const sandboxCredentials: SandboxCredentials = {
  aliyun: {
    accessKeyId: 'sandbox-aliyun-access-key-id',
    accessKeySecret: 'sandbox-aliyun-access-key-secret',
  },
  tencent: { secretId: 'sandbox-tencent-secret-id', secretKey: 'sandbox-tencent-secret-key' },
  records: { secretId: 'sandbox-records-secret-id', secretKey: 'sandbox-records-secret-key' },
  smtp: { username: 'sandbox-smtp-username', password: 'sandbox-smtp-password' },
  wechat: {
    appId: 'sandbox-wechat-app-id',
    appSecret: 'sandbox-wechat-app-secret',
    token: 'sandboxWeChatToken',
    encodingAesKey: 'sandboxWeChatEncodingAESKeyOfLocalUseOnly00',
  },
  ministry: { clientId: 'shiming', clientSecret: 'sandbox-ministry-client-secret' },
};

/** Who runs the sandbox's installation, as settings of the Worker. */
export const sandboxOperator = {
  OPERATOR_NAME: '沙箱教师资格服务中心（演示）',
  OPERATOR_PHONE: '010-00000000',
  OPERATOR_EMAIL: 'help@sandbox.example',
  OPERATOR_ADDRESS: '沙箱市演示路 1 号',
  OPERATOR_HOURS: '工作日 8:30–17:30',
  OPERATOR_COMPLAINTS: '沙箱市个人信息保护投诉处 010-00000001',
  ICP_NUMBER: '沙箱ICP备00000000号-1',
  PUBLIC_SECURITY_NUMBER: '沙箱公网安备 00000000000000号',
  CERTIFICATE_OWN_URL: 'https://certificate.example/own',
  CERTIFICATE_ANY_URL: 'https://certificate.example/any',
  WECHAT_SERVICE_QR_URL: 'https://weixin.qq.com/r/sandbox-service',
  WECHAT_SUBSCRIPTION_QR_URL: 'https://weixin.qq.com/r/sandbox-subscription',
  NEWS_URL: 'https://news.example/',
  MANUAL_URL_CERTIFICATION: 'https://manual.example/certification',
  MANUAL_URL_PERIODIC_REGISTRATION: 'https://manual.example/periodic-registration',
  STUDENT_OPERATOR_NAME: '沙箱学生服务中心（演示）',
  BUSINESS_OPERATOR_NAME: '沙箱登记注册服务中心（演示）',
  RETURN_URLS_CONSCRIPTION: 'https://conscription.example/user/',
};
