export { createAliyunSms } from './aliyun.ts';
export { createTencentSms } from './tencent.ts';
