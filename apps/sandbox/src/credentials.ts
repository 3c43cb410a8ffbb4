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
  smtp: SmtpCredentials;
  wechat: WeChatCredentials;
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
  smtp: { username: 'sandbox-smtp-username', password: 'sandbox-smtp-password' },
  wechat: {
    appId: 'sandbox-wechat-app-id',
    appSecret: 'sandbox-wechat-app-secret',
    token: 'sandboxWeChatToken',
    encodingAesKey: 'sandboxWeChatEncodingAESKeyOfLocalUseOnly00',
  },
};
