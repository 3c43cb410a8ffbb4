export { createAliyunMail } from './aliyun.ts';
export { createSmtpMail } from './smtp.ts';
export type { Connect, Socket } from './socket.ts';
