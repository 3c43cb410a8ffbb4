/**
 * 网证 as it is on `checkedOn`: the app that opens it, its name in older instructions, and the helpline. Voluntary by law;
 * rules in force since 2025-07-15 (国家网络身份认证公共服务管理办法). Names and steps change, so pages show the day.
 */
export const networkCredential = {
  appName: '国家网络身份认证',
  formerAppName: 'CTID',
  helpline: '400-117-1166',
  checkedOn: '2026-11-29',
} as const;
