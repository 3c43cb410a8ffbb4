import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { beforeAll, expect, test } from 'vitest';
import { hearAutofill } from './autofill.ts';

beforeAll(hearAutofill);

/** A form with one field; shows what it has heard, and how many times. */
function Sample() {
  const [value, setValue] = createSignal('');
  const [times, setTimes] = createSignal(0);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label>
        Name
        <input
          value={value()}
          onInput={(event) => {
            setValue(event.currentTarget.value);
            setTimes((count) => count + 1);
          }}
        />
      </label>
      <button>Send</button>
      <output>{`${value()} ${times()}`}</output>
    </form>
  );
}

/** The input, filled as a browser does it: without an event. */
function filled(value: string): HTMLInputElement {
  render(() => <Sample />);
  const input = screen.getByRole<HTMLInputElement>('textbox');
  input.value = value;
  return input;
}
const heard = () => screen.getByRole('status').textContent;

test('a value that comes with `change` alone is heard', () => {
  fireEvent.change(filled('林知远'));
  expect(heard()).toBe('林知远 1');
});

test('a value that comes without any event is heard when the form is sent', () => {
  filled('林知远');
  fireEvent.click(screen.getByRole('button'));
  expect(heard()).toBe('林知远 1');
});

test('what was typed is heard once', () => {
  const input = filled('林');
  fireEvent.input(input, { target: { value: '林知远' } });
  fireEvent.change(input);
  fireEvent.click(screen.getByRole('button'));
  expect(heard()).toBe('林知远 1');
});
