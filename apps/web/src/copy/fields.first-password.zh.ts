import type { FirstPasswordFieldCode } from './failures.ts';

export const zh = {
  'first_password.missing': '请输入初始密码',
  'first_password.format': '初始密码是 12 位数字和大写字母，请对照密码单检查',
  'first_password.expired': '初始密码已经失效，请到征兵机关重新领取',
  'first_password.used': '初始密码已经用过。不是您本人用的，请马上到征兵机关重新领取',
} satisfies Record<FirstPasswordFieldCode, string>;
