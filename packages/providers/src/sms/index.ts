export { createAliyunSms } from './aliyun.ts';
export { withFailover } from './failover.ts';
export { createTencentSms } from './tencent.ts';
