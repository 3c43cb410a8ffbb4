import { expect, test } from 'vitest';
import { ethnicities } from './ethnicity.ts';

test('T-PRO-01: 民族 are the 56 of GB/T 3304, 其他 and 外国血统中国籍人士', () => {
  const codes = ethnicities.map((each) => each.code);
  const standard = Array.from({ length: 56 }, (_, at) => String(at + 1).padStart(2, '0'));
  expect(codes).toEqual([...standard, '97', '98']);
  for (const { zh, en } of ethnicities)
    expect(`${zh} ${en}`).toMatch(/^\p{Script=Han}+ [A-Z][a-z]/u);
  expect(new Set(ethnicities.map((each) => each.zh)).size).toBe(58);
  expect(new Set(ethnicities.map((each) => each.en)).size).toBe(58);
});

test.each([
  ['01', '汉族', 'Han'],
  ['05', '维吾尔族', 'Uygur'],
  ['11', '满族', 'Man (Manchu)'],
  ['29', '柯尔克孜族', 'Kirgiz'],
  ['38', '锡伯族', 'Xibe'],
  ['49', '京族', 'Gin'],
  ['56', '基诺族', 'Jino'],
  ['97', '其他', 'Other'],
])('T-PRO-01: %s is %s, %s', (code, zh, en) => {
  expect(ethnicities.find((each) => each.code === code)).toEqual({ code, zh, en });
});
