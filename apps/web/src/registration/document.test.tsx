import { teacherPortal } from '@shiming/domain';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, onTestFinished, test } from 'vitest';
import { documents } from '../copy/documents.ts';
import { language, setLanguage } from '../copy/language.ts';
import { whatNumberTells } from '../document-number/tells.ts';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { createDocumentForm, DocumentFields, NumberTells } from './document-fields.tsx';
import type { Registration } from './steps.ts';

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

const nameIn = (saved: Registration['identity']) =>
  createDocumentForm({ saved, name: '林知远', submit: () => Promise.resolve(), on: {} }).values
    .name;

test('T-REG-15: the form begins with the name that the ministry vouches for, and with what was saved before that', () => {
  expect(nameIn(null)).toBe('林知远');
  const saved = { type: 'resident_identity_card', name: '林一舟', number: '', validity: null };
  expect(nameIn(saved as unknown as Registration['identity'])).toBe('林一舟');
});

function Fields() {
  const form = createDocumentForm({ saved: null, submit: () => Promise.resolve(), on: {} });
  return <DocumentFields form={form} />;
}

const open = () =>
  render(() => (
    <MemoryRouter>
      <Route path="/" component={Fields} />
    </MemoryRouter>
  ));
const choose = (name: RegExp) => fireEvent.click(screen.getByRole('radio', { name }));
const chosen = () =>
  screen
    .getAllByRole<HTMLInputElement>('radio')
    .filter(({ checked }) => checked)
    .map(({ parentElement }) => parentElement?.textContent);

test('T-REG-06: another type does not keep the term that was chosen, and has its only one chosen', () => {
  open();
  choose(/^10 年/);
  choose(/港澳居民来往内地通行证/);
  expect(chosen()).toEqual([expect.stringContaining('港澳居民来往内地通行证')]);
  choose(/居住证/);
  expect(chosen()).toEqual([expect.stringContaining('居住证'), expect.stringContaining('5 年')]);
  choose(/身份证/);
  expect(chosen()).toEqual([expect.stringContaining('身份证')]);
});

test('T-REG-07: a name of one character is taken, and its way on is said', () => {
  const { container } = open();
  const name = screen.getByRole('textbox', { name: /姓名/ });
  for (const [typed, isSaid] of [
    ['林', true],
    ['\u{20bb7}', true],
    ['林知远', false],
  ] as const) {
    fireEvent.input(name, { target: { value: typed } });
    expect(container.textContent.includes('姓名只有一个字？')).toBe(isSaid);
  }
});
