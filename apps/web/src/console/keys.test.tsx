import { cleanup, render } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type KeyBinding, keyGroups, setKeysOn, useKeys } from './keys.ts';

const ran = vi.fn<(key: string) => void>();

const bind = (key: string, more: Partial<KeyBinding> = {}): KeyBinding => ({
  key,
  label: key,
  run: () => ran(key),
  ...more,
});

function Bound(props: { keys: readonly KeyBinding[]; title?: string }) {
  useKeys({ title: () => props.title ?? 'page', keys: () => props.keys });
  return null;
}

/** Presses on `target` as a browser does: the event bubbles, and says whether it was taken. */
function press(key: string, more: KeyboardEventInit = {}, target: Element = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

beforeEach(() => {
  ran.mockReset();
  setKeysOn(true);
});
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

describe('T-CON-03: keys of the console', () => {
  test('a key does its work once, and what the browser would do with it is stopped', () => {
    render(() => <Bound keys={[bind('n'), bind('?')]} />);
    expect(press('n')).toBe(true);
    expect(press('?', { shiftKey: true })).toBe(true);
    expect(press('x')).toBe(false);
    expect(ran.mock.calls).toEqual([['n'], ['?']]);
  });

  test.each(['ctrlKey', 'altKey', 'metaKey'] as const)(
    'none fires together with %s',
    (modifier) => {
      render(() => <Bound keys={[bind('n')]} />);
      expect(press('n', { [modifier]: true })).toBe(false);
      expect(ran).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['isComposing', { isComposing: true }],
    ['keyCode 229', { keyCode: 229 }],
  ])('none fires while an input method is composing (%s)', (_, init) => {
    render(() => <Bound keys={[bind('n'), bind('Enter'), bind('Ctrl+Enter')]} />);
    for (const key of ['n', 'Enter']) expect(press(key, init)).toBe(false);
    expect(press('Enter', { ...init, ctrlKey: true })).toBe(false);
    expect(ran).not.toHaveBeenCalled();
  });

  test.each([
    ['<input>'],
    ['<input type="search">'],
    ['<textarea></textarea>'],
    ['<select><option>n</option></select>'],
  ])('none fires in %s, but for Ctrl+Enter', (html) => {
    render(() => <Bound keys={[bind('n'), bind('/'), bind('Ctrl+Enter')]} />);
    document.body.insertAdjacentHTML('beforeend', html);
    const field = document.body.lastElementChild ?? document.body;
    expect(press('n', {}, field)).toBe(false);
    expect(press('/', {}, field)).toBe(false);
    expect(press('Enter', { ctrlKey: true }, field)).toBe(true);
    expect(ran.mock.calls).toEqual([['Ctrl+Enter']]);
  });

  test('a box that was ticked keeps no key from working, but its own Space', () => {
    render(() => <Bound keys={[bind('a'), bind(' ')]} />);
    document.body.insertAdjacentHTML('beforeend', '<input type="checkbox">');
    const box = document.body.lastElementChild ?? document.body;
    expect(press('a', {}, box)).toBe(true);
    expect(press(' ', {}, box)).toBe(false);
  });

  test('Enter on a link or button is theirs', () => {
    render(() => <Bound keys={[bind('Enter')]} />);
    document.body.insertAdjacentHTML('beforeend', '<a href="/x"><b>x</b></a>');
    expect(press('Enter', {}, document.querySelector('b') ?? document.body)).toBe(false);
    expect(press('Enter')).toBe(true);
  });

  test('holding a key down goes on only where that is meant', () => {
    render(() => <Bound keys={[bind('n'), bind('j', { repeats: true })]} />);
    press('n', { repeat: true });
    press('j', { repeat: true });
    expect(ran.mock.calls).toEqual([['j']]);
  });

  test('Caps Lock changes no letter, Shift does', () => {
    render(() => <Bound keys={[bind('n')]} />);
    expect(press('N')).toBe(true);
    expect(press('N', { shiftKey: true })).toBe(false);
  });

  test('behind a dialog nothing happens', () => {
    render(() => <Bound keys={[bind('n')]} />);
    document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>');
    expect(press('n')).toBe(false);
  });

  test('switched off, none works, and the choice is kept', () => {
    render(() => <Bound keys={[bind('n')]} />);
    setKeysOn(false);
    expect(press('n')).toBe(false);
    expect(localStorage.getItem('console-keys')).toBe('off');
  });

  test('the newest part with a key has it, and gives it back when it goes', () => {
    const [isOpen, setOpen] = createSignal(true);
    render(() => (
      <>
        <Bound keys={[bind('1')]} />
        <Show when={isOpen()}>
          <Bound title="panel" keys={[bind('1', { run: () => ran('panel') })]} />
        </Show>
      </>
    ));
    press('1');
    setOpen(false);
    press('1');
    expect(ran.mock.calls).toEqual([['panel'], ['1']]);
    expect(keyGroups().map((group) => group.title())).toEqual(['page']);
  });

  test('a page that is gone leaves no key behind', () => {
    const { unmount } = render(() => <Bound keys={[bind('n')]} />);
    unmount();
    expect(press('n')).toBe(false);
  });
});
