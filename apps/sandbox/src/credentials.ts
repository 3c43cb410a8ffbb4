import type { AliyunCredentials } from './acs3.ts';
import type { TencentCredentials } from './tc3.ts';

export type SandboxCredentials = { aliyun: AliyunCredentials; tencent: TencentCredentials };

/** The keys that the sandbox issues. All start with `sandbox-`, so that production can refuse them on sight. */
export const sandboxCredentials: SandboxCredentials = {
  aliyun: {
    accessKeyId: 'sandbox-aliyun-access-key-id',
    accessKeySecret: 'sandbox-aliyun-access-key-secret',
  },
  tencent: { secretId: 'sandbox-tencent-secret-id', secretKey: 'sandbox-tencent-secret-key' },
};
