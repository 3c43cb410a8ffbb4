import { teacherPortal } from '@shiming/domain';
import { render } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, onTestFinished, test } from 'vitest';
import { documents } from '../copy/documents.ts';
import { language, setLanguage } from '../copy/language.ts';
import { whatNumberTells } from '../document-number/tells.ts';
import { NumberTells } from './document-fields.tsx';

const [number, setNumber] = createSignal('110199199508150127');
const tells = () =>
  whatNumberTells('resident_identity_card', number(), '2026-11-21', teacherPortal);

test('UX-07: the line under the number follows it, and the language', async () => {
  const before = language();
  onTestFinished(() => setLanguage(before));
  const { container } = render(() => <NumberTells tells={tells()} isRefused={false} />);
  expect(container.textContent).toBe('女，1995 年 8 月 15 日出生');
  setNumber('110199197001010038');
  expect(container.textContent).toBe('男，1970 年 1 月 1 日出生');
  await setLanguage('en');
  await expect.poll(() => documents().sexes.male).not.toBe('男');
  expect(container.textContent).toBe('Male, born January 1, 1970');
});
