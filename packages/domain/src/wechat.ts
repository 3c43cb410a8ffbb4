/** What a QR code of the WeChat service account is drawn for. */
export type WeChatScenePurpose = 'registration' | 'recovery' | 'binding';

/** The keys of the service account's menu (T-REG-13, T-PWD-04). */
export const weChatMenu = [
  { key: 'GET_CODE', name: '取验证码' },
  { key: 'RESET_PASSWORD', name: '重置密码' },
] as const;
