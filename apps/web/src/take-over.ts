import { changePlaces } from './painted.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The element that stands in `made` where `element` stands in `painted`: by its id, or else by its place. */
function counterpart(element: Element, painted: Element, made: Element): Element | null {
  if (element === painted) return made;
  if (element.id !== '') return made.querySelector(`#${CSS.escape(element.id)}`);
  const parent = element.parentElement;
  if (parent === null) return null;
  const place = [...parent.children].indexOf(element);
  const found = counterpart(parent, painted, made)?.children[place] ?? null;
  return found?.tagName === element.tagName ? found : null;
}

const isChecked = (field: Field): boolean | undefined =>
  field instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(field.type)
    ? field.checked
    : undefined;

const wasTouched = (field: Field): boolean => {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  return isChecked(field) === undefined
    ? field.value !== field.defaultValue
    : field.checked !== field.defaultChecked;
};

/** Gives a field what was typed or chosen, as if it had been typed or chosen there. */
function fill(field: Field, from: Field): void {
  const checked = isChecked(from);
  if (checked !== undefined) {
    // Of a group the one that was chosen takes the mark from the others by itself.
    if (checked !== isChecked(field) && (checked || field.type === 'checkbox')) field.click();
    return;
  }
  field.value = from.value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  if (from !== document.activeElement) field.dispatchEvent(new FocusEvent('blur'));
}

function replace(painted: HTMLElement, made: HTMLElement): void {
  const selector = 'input, select, textarea';
  for (const field of painted.querySelectorAll<Field>(selector)) {
    const own = wasTouched(field) ? counterpart(field, painted, made) : null;
    if (own?.matches(selector)) fill(own as Field, field);
  }
  for (const opened of painted.querySelectorAll('details[open]')) {
    counterpart(opened, painted, made)?.setAttribute('open', '');
  }
  const active = document.activeElement;
  const focused = painted.contains(active) && active !== null ? active : null;
  const next = focused === null ? null : counterpart(focused, painted, made);
  const selection =
    focused instanceof HTMLInputElement ? [focused.selectionStart, focused.selectionEnd] : [];
  const sent = window.early?.sent ?? null;
  const form = sent === null ? null : counterpart(sent, painted, made);

  changePlaces(painted, made);
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  const [start, end] = selection;
  if (next instanceof HTMLInputElement && typeof start === 'number') {
    next.setSelectionRange(start, end ?? start);
  }
  form?.querySelector<HTMLButtonElement>('[type=submit]')?.click();
}

/**
 * Puts the page that the script has made in the place of the one that came painted with the document: in one task, and
 * with what was typed, chosen, opened, focused and sent until now. What an input method is composing is finished first.
 */
export function takeOver(painted: HTMLElement, made: HTMLElement): void {
  if (window.early?.isComposing !== true) replace(painted, made);
  // In some browsers the field has its text only after the event.
  else
    addEventListener('compositionend', () => setTimeout(replace, 0, painted, made), { once: true });
}
