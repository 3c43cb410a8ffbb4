import { expect, test } from 'vitest';
import { addProblems, fetchProblems, problemSentence } from './failures.ts';
import { en } from './fields.document.en.ts';
import { zh } from './fields.document.zh.ts';

const always = (zh: Readonly<Record<string, string>>) =>
  [async () => ({ zh }), async () => ({ en: zh })] as const;

test('sentences that a page adds after the first were fetched are fetched too, and the first stay', async () => {
  await fetchProblems();
  const own = { 'review_reason.missing': '这一页自己的一句' };
  addProblems(...always(own));
  await fetchProblems();
  expect(problemSentence('review_reason.missing')).toBe('这一页自己的一句');
  expect(problemSentence('name.missing')).toBe('请输入姓名');
  addProblems(
    () => import('./fields.zh.ts'),
    async () => ({ en: {} }),
  );
  await fetchProblems();
});

test('sentences stay where an earlier fetch, which had none of them, arrives after theirs', async () => {
  await fetchProblems();
  const arrive: (() => void)[] = [];
  const late = new Promise<void>((arrived) => arrive.push(arrived));
  let asked = 0;
  const slowAtFirst = async () => {
    asked += 1;
    if (asked === 1) await late;
    return { zh: { 'ticket_text.missing': '先要的一句' } };
  };
  addProblems(slowAtFirst, async () => ({ en: {} }));
  const own = { 'organisation_code.missing': '后要的一句' };
  addProblems(...always(own));
  await fetchProblems();
  expect(problemSentence('organisation_code.missing')).toBe('后要的一句');
  for (const each of arrive) each();
  await new Promise((settled) => setTimeout(settled));
  expect(problemSentence('organisation_code.missing')).toBe('后要的一句');
});

test('T-REG-07: the sentence about what a name is made of allows nothing that the rule refuses', () => {
  expect(zh['name.characters']).not.toMatch(/字母|数字/);
  expect(en['name.characters']).not.toMatch(/letter|digit/);
});
