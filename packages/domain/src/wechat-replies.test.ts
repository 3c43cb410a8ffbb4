import { expect, test } from 'vitest';
import { teacherPortal } from './portals/index.ts';
import { weChatReplies } from './wechat-replies.ts';

const link = `https://account.example.cn/recovery/link#${'a'.repeat(16)}.${'b'.repeat(43)}`;
const texts = Object.values(weChatReplies).map((reply) =>
  typeof reply === 'string'
    ? reply
    : reply({ ...teacherPortal, code: '012345', validMs: 300_000, link }),
);

test('T-REG-13: every answer is Chinese and fits into a message (2048 bytes)', () => {
  for (const text of texts) {
    expect(text).toMatch(/^\p{Unified_Ideograph}/u);
    expect(new TextEncoder().encode(text).length).toBeLessThan(2048);
  }
});

test('T-REG-13, T-PWD-04: a code or link stands in its answer, with how long it is good', () => {
  const given = texts.filter((text) => /012345|#a/.test(text));
  expect(given).toHaveLength(3);
  for (const text of given) expect(text).toContain('5 分钟');
});
