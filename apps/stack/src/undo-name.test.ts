import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

test('T-PRO-05: the text message of an undo names the page as the page is called, and every page links to it', () => {
  const title = /title: '(.+)'/.exec(read('apps/web/src/contact/undo.zh.ts'))?.[1] ?? '';
  expect(title).not.toBe('');
  const page = `本网站的“${title}”页`;
  expect(read('apps/sandbox/src/sms-account.ts')).toContain(page);
  expect(read('README.md')).toContain(page);
  expect(read('apps/web/src/copy/ui.zh.ts')).toContain(`undo: '${title}'`);
  expect(read('apps/web/src/layout.tsx')).toContain('<A href="/undo">{ui().undo}</A>');
});
