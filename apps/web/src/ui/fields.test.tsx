import { type Answers, type FieldRefusals, groupNumber } from '@shiming/domain';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createForm } from '../form/create-form.ts';
import { Checkbox, RadioCards, Select } from './choices.tsx';
import { CodeField } from './code-field.tsx';
import { DateParts } from './date-parts.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordRules } from './new-password.tsx';
import { PasswordField } from './password-field.tsx';
import { SubmitButton } from './submit-button.tsx';
import { NumberGroupedField, TextField } from './text-field.tsx';
import { waitFor } from '../testing-wait.ts';

/** jsdom has no layout: what would have been scrolled to is written down. */
const scrolledTo: Element[] = [];
beforeEach(() => {
  Element.prototype.scrollIntoView = function (this: Element) {
    scrolledTo.push(this);
  };
});
afterEach(cleanup);

/** A form that refuses as told. */
function formOf<V extends object>(
  initial: V,
  refused: FieldRefusals = {},
  submit = async () => {},
) {
  return createForm({
    initial,
    validate: (): Answers<null> =>
      Object.keys(refused).length === 0
        ? { ok: true, value: null }
        : { ok: false, fields: refused },
    submit,
  });
}

const metRules = () => document.querySelectorAll('.rules .met').length;
const type = (element: Element, value: string) => fireEvent.input(element, { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const input = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);

function showForm() {
  const form = formOf(
    { name: '', agreed: false },
    { name: 'name.missing', agreed: 'consent.missing' },
  );
  render(() => (
    <form onSubmit={(event) => form.submit(event)}>
      <ErrorSummary form={form} />
      <TextField field={form.field('name')} label="姓名" hint="与证件一致" />
      <Checkbox field={form.field('agreed')} label="我同意" />
      <SubmitButton isBusy={form.isSubmitting()}>继续</SubmitButton>
    </form>
  ));
  return form;
}

function showDate() {
  const form = formOf({ start: { year: '', month: '', day: '' } });
  render(() => <DateParts field={form.field('start')} label="有效期从哪天开始" />);
  return form;
}

describe('Field and ErrorSummary', () => {
  test('UX-04: hint and error are tied to the input, and it is marked only when it is refused', () => {
    showForm();
    expect(input('姓名').getAttribute('aria-describedby')).toBe('field-name-hint');
    expect(input('姓名').hasAttribute('aria-invalid')).toBe(false);
    fireEvent.submit(document.querySelector('form')!);
    expect(input('姓名').getAttribute('aria-describedby')).toBe('field-name-error field-name-hint');
    expect(input('姓名').getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById('field-name-error')?.textContent).toBe('请输入姓名');
  });

  test('UX-02, UX-03: the summary takes the focus; its link shows the label first and focuses the input', () => {
    showForm();
    fireEvent.submit(document.querySelector('form')!);
    const summary = screen.getByRole('alert');
    expect(document.activeElement).toBe(summary);
    expect(summary.textContent).toContain('有 2 处需要改');
    fireEvent.click(screen.getByRole('link', { name: '请输入姓名' }));
    expect(document.activeElement).toBe(input('姓名'));
    expect(scrolledTo.at(-1)?.contains(screen.getByText('姓名'))).toBe(true);
  });
});

describe('DateParts', () => {
  test('T-REG-06: a date is what is typed; no part is ever filled in by itself', () => {
    const form = showDate();
    type(input('年'), '2019');
    type(input('月'), '12');
    expect(form.values.start).toEqual({ year: '2019', month: '12', day: '' });
  });

  test('UX-21: the line of the card pasted into any part is spread over all three', () => {
    const form = showDate();
    fireEvent.paste(input('月'), { clipboardData: { getData: () => '2019.12.24-2029.12.24' } });
    expect(form.values.start).toEqual({ year: '2019', month: '12', day: '24' });
    expect(input('日').value).toBe('24');
  });

  test('UX-21: eight digits typed into 年 are spread', () => {
    const form = showDate();
    type(input('年'), '20191224');
    expect(form.values.start).toEqual({ year: '2019', month: '12', day: '24' });
  });
});

describe('PasswordField', () => {
  test('UX-17: the button shows and hides, says so, and sending hides again', async () => {
    const form = formOf({ password: '' }, {}, () => new Promise<void>(() => {}));
    render(() => (
      <form onSubmit={(event) => form.submit(event)}>
        <PasswordField field={form.field('password')} label="密码" autocomplete="new-password" />
      </form>
    ));
    const button = screen.getByRole('button');
    expect(button.getAttribute('aria-controls')).toBe('field-password');
    fireEvent.click(button);
    expect(input('密码').type).toBe('text');
    expect(screen.getByRole('status').textContent).toBe('密码已显示');
    fireEvent.submit(document.querySelector('form')!);
    expect(input('密码').type).toBe('password');
  });

  test('T-REG-08: the rule is a list that is ticked off while typing', () => {
    const form = formOf({ password: '' });
    render(() => (
      <PasswordField
        field={form.field('password')}
        label="密码"
        autocomplete="new-password"
        rules={(field) => <PasswordRules field={field} />}
      />
    ));
    expect(metRules()).toBe(0);
    type(input('密码'), 'abcd1234');
    expect(metRules()).toBe(3);
    type(input('密码'), 'abcd1234!');
    expect(metRules()).toBe(4);
  });

  test('T-REG-08: full-width characters bring the hint to switch the input method', () => {
    const form = formOf({ password: '' });
    render(() => (
      <PasswordField
        field={form.field('password')}
        label="密码"
        autocomplete="new-password"
        rules={(field) => <PasswordRules field={field} />}
      />
    ));
    type(input('密码'), 'abcd1234！');
    expect(screen.getByText('请把输入法切换到英文')).toBeTruthy();
  });
});

describe('CodeField', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('UX-13: one input that the keyboard can fill from the message', () => {
    const form = formOf({ code: '' });
    render(() => <CodeField field={form.field('code')} label="6 位验证码" />);
    expect(input('6 位验证码').autocomplete).toBe('one-time-code');
    expect(input('6 位验证码').inputMode).toBe('numeric');
    expect(screen.getAllByRole('textbox')).toHaveLength(1);
  });

  test('UX-14: WebOTP fills the code in, and the wait ends when the page is left', async () => {
    let signal: AbortSignal | undefined;
    vi.stubGlobal('OTPCredential', Object);
    vi.stubGlobal('navigator', {
      credentials: {
        get: (request: { signal: AbortSignal }) => {
          signal = request.signal;
          return Promise.resolve({ code: '402918' });
        },
      },
    });
    const form = formOf({ code: '' });
    render(() => <CodeField field={form.field('code')} label="6 位验证码" />);
    await waitFor(() => expect(form.values.code).toBe('402918'));
    expect(signal?.aborted).toBe(false);
    cleanup();
    expect(signal?.aborted).toBe(true);
  });
});

describe('other fields', () => {
  test('UX-20: a number is grouped after the person has left it and as typed while they are in it', () => {
    const form = formOf({ number: '' });
    render(() => (
      <NumberGroupedField field={form.field('number')} label="证件号码" group={groupNumber} />
    ));
    fireEvent.focus(input('证件号码'));
    type(input('证件号码'), '110199199508150127');
    expect(input('证件号码').value).toBe('110199199508150127');
    fireEvent.blur(input('证件号码'));
    expect(input('证件号码').value).toBe('110199 19950815 0127');
    expect(form.values.number).toBe('110199199508150127');
    // Entered again, it stays as it is: a changed value would lose the selection, and typing would append.
    fireEvent.focus(input('证件号码'));
    expect(input('证件号码').value).toBe('110199 19950815 0127');
  });

  test('T-REG-05: a choice that is not offered is shown with its reason and cannot be chosen', () => {
    const form = formOf({ term: '' });
    render(() => (
      <RadioCards
        field={form.field('term')}
        label="有效多久"
        options={[
          { value: '10', label: '10 年' },
          { value: 'long_term', label: '长期', note: '发证时年满 46 周岁才有', disabled: true },
        ]}
      />
    ));
    expect(input(/长期/).disabled).toBe(true);
    expect(screen.getByText('发证时年满 46 周岁才有')).toBeTruthy();
    fireEvent.click(input('10 年'));
    expect(form.values.term).toBe('10');
  });

  test('UX-02: the summary leads to a group of choices, also where its options are made anew each time', () => {
    const form = formOf({ topic: '' });
    const topics = ['phone', 'name'];
    render(() => (
      <RadioCards
        field={form.field('topic')}
        label="事项"
        options={topics.map((value) => ({ value, label: value }))}
      />
    ));
    expect(document.getElementById('field-topic')).toBe(input('phone'));
    fireEvent.click(input('name'));
    expect(document.getElementById('field-topic')).toBe(input('name'));
  });

  test('a native list starts at nothing and gives the chosen value', () => {
    const form = formOf({ ethnicity: '' });
    render(() => (
      <Select
        field={form.field('ethnicity')}
        label="民族"
        options={[{ value: '01', label: '汉族' }]}
      />
    ));
    const list = screen.getByLabelText<HTMLSelectElement>('民族');
    expect(list.value).toBe('');
    fireEvent.change(list, { target: { value: '01' } });
    expect(form.values.ethnicity).toBe('01');
  });

  test('UX-08: a second press within a second sends nothing, unless something else was done in between', () => {
    const sent = vi.fn<(event: SubmitEvent) => void>((event) => event.preventDefault());
    render(() => (
      <form onSubmit={sent}>
        <input />
        <button type="button">换一张</button>
        <SubmitButton isBusy={false}>继续</SubmitButton>
      </form>
    ));
    press('继续');
    press('继续');
    expect(sent).toHaveBeenCalledTimes(1);
    fireEvent.input(screen.getByRole('textbox'), { target: { value: 'x' } });
    press('继续');
    expect(sent).toHaveBeenCalledTimes(2);
    press('换一张');
    press('继续');
    expect(sent).toHaveBeenCalledTimes(3);
  });
});
