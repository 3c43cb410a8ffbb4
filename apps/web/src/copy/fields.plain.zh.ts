import type { PlainFieldCode } from './failures.ts';

export const zh = {
  'nickname.format': '昵称最多 20 个字，不能有特殊符号',
  'household_region.missing': '请选择户籍所在的区县',
} satisfies Record<PlainFieldCode, string>;
