import { afterEach, expect, test, vi } from 'vitest';
import { takeOver } from './take-over.ts';
import { waitFor } from './testing-wait.ts';

afterEach(() => {
  document.body.innerHTML = '';
  delete window.early;
});

const html = `
  <form method="post">
    <label><input type="radio" name="type" id="card" value="card" checked /></label>
    <label><input type="radio" name="type" id="permit" value="permit" /></label>
    <input id="number" value="" />
    <input id="untouched" value="" />
    <select id="colours"><option value="a" selected>a</option><option value="b">b</option></select>
    <input type="checkbox" id="consent" />
    <button type="submit">send</button>
  </form>
  <details><summary>more</summary></details>
  <p><a href="/help">help</a></p>`;

/** A painted page and the one that the script has made, which tells what its fields hear. */
function twoPages() {
  document.body.innerHTML = `<div id="app" hidden>${html}</div><div id="app" data-painted>${html}</div>`;
  const [made, painted] = document.body.children as unknown as [HTMLElement, HTMLElement];
  const heard: string[] = [];
  for (const type of ['input', 'change', 'blur']) {
    made.addEventListener(
      type,
      ({ target }) => heard.push(`${type} ${(target as Element).id}`),
      true,
    );
  }
  const of = (selector: string) => painted.querySelector<HTMLInputElement>(selector)!;
  const own = (selector: string) => made.querySelector<HTMLInputElement>(selector)!;
  return { made, painted, heard, of, own };
}

test('what was typed, chosen and opened is in the new page as if it had been done there', () => {
  const { made, painted, heard, of, own } = twoPages();
  of('#permit').checked = true;
  of('#number').value = '123';
  of('#colours').value = 'b';
  of('#consent').checked = true;
  of('details').setAttribute('open', '');
  takeOver(painted, made);
  expect([painted.isConnected, made.hidden]).toEqual([false, false]);
  expect([own('#card').checked, own('#permit').checked]).toEqual([false, true]);
  expect(own('#number').value).toBe('123');
  expect(own('#colours').value).toBe('b');
  expect(own('#consent').checked).toBe(true);
  expect(own('details').hasAttribute('open')).toBe(true);
  expect(heard).toEqual([
    'input permit',
    'change permit',
    'input number',
    'change number',
    'blur number',
    'input colours',
    'change colours',
    'blur colours',
    'input consent',
    'change consent',
  ]);
});

test('the focus goes on where it was: in a field with what was selected, at a link by its place', () => {
  const { made, painted, of, own } = twoPages();
  of('#number').value = '12345';
  of('#number').focus();
  of('#number').setSelectionRange(1, 3);
  takeOver(painted, made);
  expect(document.activeElement).toBe(own('#number'));
  expect([own('#number').selectionStart, own('#number').selectionEnd]).toEqual([1, 3]);

  const next = twoPages();
  next.of('a').focus();
  takeOver(next.painted, next.made);
  expect(document.activeElement).toBe(next.own('a'));
});

test('a form that was sent is sent, and one that was not is not', () => {
  const { made, painted, own } = twoPages();
  const pressed = vi.fn<(event: Event) => void>((event) => event.preventDefault());
  own('form').addEventListener('submit', pressed);
  window.early = { sent: painted.querySelector('form'), isTouched: true, isComposing: false };
  takeOver(painted, made);
  expect(pressed).toHaveBeenCalledOnce();

  const next = twoPages();
  window.early = { sent: null, isTouched: true, isComposing: false };
  next.own('form').addEventListener('submit', pressed);
  takeOver(next.painted, next.made);
  expect(pressed).toHaveBeenCalledOnce();
});

test('a text that is being composed is finished first', async () => {
  const { made, painted, of, own } = twoPages();
  window.early = { sent: null, isTouched: true, isComposing: true };
  of('#number').value = 'wang';
  takeOver(painted, made);
  expect(painted.isConnected).toBe(true);
  of('#number').dispatchEvent(new Event('compositionend', { bubbles: true }));
  // As in Safari, the text comes after the event.
  of('#number').value = '王';
  await waitFor(() => expect(painted.isConnected).toBe(false));
  expect(own('#number').value).toBe('王');
});
