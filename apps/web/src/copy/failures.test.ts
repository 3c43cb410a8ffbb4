import { expect, test } from 'vitest';
import { addProblems, fetchProblems, problemSentence } from './failures.ts';

test('sentences that a page adds after the first were fetched are fetched too, and the first stay', async () => {
  await fetchProblems();
  const own = { 'review_reason.missing': '这一页自己的一句' };
  addProblems({ zh: async () => own, en: async () => own });
  await fetchProblems();
  expect(problemSentence('review_reason.missing')).toBe('这一页自己的一句');
  expect(problemSentence('name.missing')).toBe('请输入姓名');
  addProblems({ zh: async () => (await import('./fields.zh.ts')).zh, en: async () => ({}) });
  await fetchProblems();
});
