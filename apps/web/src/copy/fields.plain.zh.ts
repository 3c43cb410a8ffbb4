import type { PlainFieldCode } from './failures.ts';

export const zh = {
  'nickname.format': '昵称最多 20 个字，不能有特殊符号',
  'household_region.missing': '请选择户籍所在的区县',
  'earlier_number.format': '旧卡号码是 3 个字母和 12 位数字，印在新卡上',
  'earlier_number.differs': '旧卡号码与新卡的出生日期或性别不一致，请对照证件检查',
  'earlier_number.taken': '旧卡号码已经有账号：是您的，请登录那个账号；不是您的，请写信给我们',
} satisfies Record<PlainFieldCode, string>;
