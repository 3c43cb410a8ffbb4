export * from './account.ts';
export * from './care.ts';
export * from './mechanisms.ts';
export * from './recovery.ts';
export * from './registration.ts';
export * from './verification.ts';
export * from './wechat.ts';
