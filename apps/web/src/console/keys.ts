import { createSignal, onCleanup, onMount } from 'solid-js';

/** A key of a page. */
export type KeyBinding = {
  /** As `KeyboardEvent.key` names it: `n`, `Enter`, `[`, `?`; `Ctrl+Enter` (on a Mac also ⌘) works in inputs too. */
  key: string;
  /** What it does, as the sheet says it. */
  label: string;
  run(): void;
  /** Whether holding it down goes on, as for moving; otherwise only the first press counts. */
  repeats?: boolean;
};

/** The keys of one page or part of a page, under one heading of the sheet. */
export type KeyGroup = { title(): string; keys(): readonly KeyBinding[] };

const storageKey = 'console-keys';

function storedOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

const [areOn, setOn] = createSignal(storedOn());
const [groups, setGroups] = createSignal<readonly KeyGroup[]>([]);

/** Whether keys are on (WCAG 2.1.4: they can be switched off). Kept in this browser. */
export { areOn as areKeysOn };

/** The groups that are on the screen now, the newest first. */
export { groups as keyGroups };

export function setKeysOn(on: boolean): void {
  setOn(on);
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage is closed: the choice lasts as long as the page.
  }
}

const textless = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'file']);

/** Whether keys pressed on this element are text or its own choice of an option. */
const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select') ||
    (target instanceof HTMLInputElement && !textless.has(target.type)));

/** Whether Enter and Space do something on this element by themselves. */
const isPressed = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a[href], button, summary, input, label') !== null;

/** The name of a pressed key as bindings give it; `null` for what is no key of ours. */
function nameOf(event: KeyboardEvent): string | null {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return null;
  if (key === 'Enter' && (event.ctrlKey || event.metaKey)) return 'Ctrl+Enter';
  if (event.ctrlKey || event.altKey || event.metaKey || takesText(target)) return null;
  if ((key === 'Enter' || key === ' ') && isPressed(target)) return null;
  // With Caps Lock a letter comes as a capital, though nobody holds Shift.
  return key.length === 1 && !event.shiftKey ? key.toLowerCase() : key;
}

function onKeyDown(event: KeyboardEvent): void {
  // Behind a modal dialog nothing happens.
  if (!areOn() || document.querySelector('dialog[open]') !== null) return;
  const name = nameOf(event);
  if (name === null) return;
  for (const group of groups()) {
    const binding = group.keys().find(({ key }) => key === name);
    if (binding === undefined) continue;
    event.preventDefault();
    if (!event.repeat || binding.repeats === true) binding.run();
    return;
  }
}

/**
 * Binds keys while a component is on the screen and lists them on the sheet. Of two groups with the same key the one
 * that came last has it. No key fires in a text field, together with Ctrl, Alt or ⌘, while an input method is
 * composing, behind a dialog, or when keys are switched off.
 */
export function useKeys(group: KeyGroup): void {
  onMount(() => {
    setGroups((before) => [group, ...before]);
    if (groups().length === 1) document.addEventListener('keydown', onKeyDown);
  });
  onCleanup(() => {
    setGroups((before) => before.filter((each) => each !== group));
    if (groups().length === 0) document.removeEventListener('keydown', onKeyDown);
  });
}
