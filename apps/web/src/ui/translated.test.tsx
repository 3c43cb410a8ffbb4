import { render, screen } from '@solidjs/testing-library';
import { createSignal, For, Show } from 'solid-js';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { keepTranslatedTextAlive } from './translated.ts';

beforeAll(() => keepTranslatedTextAlive(document.body));

const [count, setCount] = createSignal(3);
beforeEach(() => setCount(3));

/** Translates what is on the page as a browser does, and waits until the page has noticed. */
async function translate(how: 'replace' | 'insert and remove'): Promise<void> {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walk.nextNode()) if (walk.currentNode instanceof Text) texts.push(walk.currentNode);
  for (const text of texts) {
    const font = document.createElement('font');
    const inner = document.createElement('font');
    inner.textContent = text.data.toUpperCase();
    font.append(inner);
    if (how === 'replace') text.replaceWith(font);
    else {
      text.before(font);
      text.remove();
    }
  }
  await Promise.resolve();
}

const lines = () =>
  Array.from(screen.getByRole('main').children, (line) => line.textContent.toLowerCase());

test.each(['replace', 'insert and remove'] as const)(
  'text that changes after a translation is seen (%s)',
  async (how) => {
    render(() => (
      <main>
        <p>{count()}</p>
        <p>left today: {count()} of 3</p>
        <p>
          <Show when={count() > 1} fallback={<b>the last one</b>}>
            several
          </Show>
        </p>
        <p>
          <For each={Array.from({ length: count() }, (_, at) => `no ${at}`)}>{(word) => word}</For>
        </p>
      </main>
    ));
    await translate(how);
    expect(lines()).toEqual(['3', 'left today: 3 of 3', 'several', 'no 0no 1no 2']);
    setCount(2);
    expect(lines()).toEqual(['2', 'left today: 2 of 3', 'several', 'no 0no 1']);
    await translate(how);
    setCount(1);
    expect(lines()).toEqual(['1', 'left today: 1 of 3', 'the last one', 'no 0']);
    setCount(2);
    expect(lines()).toEqual(['2', 'left today: 2 of 3', 'several', 'no 0no 1']);
  },
);
