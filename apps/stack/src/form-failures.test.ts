import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const pages = fileURLToPath(new URL('../../web/src', import.meta.url));

/** Files with a form of their own whose failure nothing shows. */
const silent = globSync('**/*.tsx', { cwd: pages }).filter((file) => {
  const text = readFileSync(`${pages}/${file}`, 'utf8');
  const forms = [...text.matchAll(/<FormBody\s+of=\{(\w+)\}([^>]*)/g)];
  return forms.some(([, form = '', rest = '']) => {
    const shown = new RegExp(`form=\\{${form}\\}|both\\(${form}\\b|${form}\\.failure\\(\\)`);
    return !rest.includes('isPart') && !shown.test(text);
  });
});

test('UX-07: what a form is refused for is shown by its page, or by a form that is a part of one', () => {
  expect(silent).toEqual([]);
});
