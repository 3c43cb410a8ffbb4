import { children, For, type JSX, Show } from 'solid-js';
import { language } from '../copy/language.ts';

/** A run of Chinese words, with the stars of a masked name and what joins them. */
const chinese = /([*·]*\p{Script=Han}[\p{Script=Han}*·，。、（）]*)/u;

/**
 * Marks the Chinese words in a text of an English page, such as names and addresses, as Chinese (WCAG 3.1.2). Whatever
 * is not a text stays as it is.
 */
export function Foreign(props: { children: JSX.Element }): JSX.Element {
  const shown = children(() => props.children);
  const text = () => {
    const value = shown();
    return typeof value === 'string' ? value : '';
  };
  return (
    <Show when={language() === 'en' && chinese.test(text())} fallback={shown()}>
      <For each={text().split(chinese)}>
        {(part, at) => (at() % 2 === 1 ? <span lang="zh-CN">{part}</span> : part)}
      </For>
    </Show>
  );
}
