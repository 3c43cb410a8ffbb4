/** The inputs that people and browsers type into. */
const typed =
  'input:not([type=radio], [type=checkbox], [type=file], [type=range], [type=button]), textarea';

/**
 * Gives every text input the `input` event that some browsers and password managers leave out when they fill it: they
 * send `change` alone, or nothing until the form is sent. The forms of the page listen to `input` only.
 */
export function hearAutofill(): void {
  const heard = new WeakMap<Element, string>();
  const hear = (element: Element) => {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
    if (!element.matches(typed) || element.value === (heard.get(element) ?? '')) return;
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  addEventListener(
    'input',
    ({ target }) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
        heard.set(target, target.value);
      }
    },
    true,
  );
  addEventListener('change', ({ target }) => target instanceof Element && hear(target), true);
  addEventListener(
    'submit',
    ({ target }) => target instanceof HTMLFormElement && Array.from(target.elements).forEach(hear),
    true,
  );
}
