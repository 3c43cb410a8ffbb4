import { render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../copy/language.ts';
import { Foreign } from './foreign.tsx';

afterEach(() => setLanguage('zh'));

const chineseOnPage = () =>
  Array.from(document.querySelectorAll('span[lang=zh-CN]'), (part) => part.textContent);
const text = () => screen.getByRole('paragraph').textContent;

test('WCAG 3.1.2: Chinese words are marked on English pages only, and the text stays what it was', async () => {
  render(() => (
    <p>
      <Foreign>Your name here is 古丽·买买提, masked *·买提.</Foreign>
    </p>
  ));
  const whole = 'Your name here is 古丽·买买提, masked *·买提.';
  expect([text(), chineseOnPage()]).toEqual([whole, []]);
  await setLanguage('en');
  expect([text(), chineseOnPage()]).toEqual([whole, ['古丽·买买提', '*·买提']]);
});

test('what is not a text is made once, and stays as it is', async () => {
  let made = 0;
  const Part = () => {
    made += 1;
    return <b>古丽</b>;
  };
  render(() => (
    <Foreign>
      <Part />
    </Foreign>
  ));
  await setLanguage('en');
  expect([made, chineseOnPage()]).toEqual([1, []]);
});
