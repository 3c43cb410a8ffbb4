import { For, type JSX, Show } from 'solid-js';
import { type Said, saidHere } from './holds.ts';
import { withRules } from './rules.ts';

/** A part of a text: a heading with an anchor, paragraphs, and perhaps a list after them. */
export type TextSection = {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly Said[];
  readonly list?: readonly Said[];
};

/** A text that is read from top to bottom. `children` is what a section has after its own. */
export function Text(props: {
  sections: readonly TextSection[];
  children?: (id: string) => JSX.Element;
}) {
  return (
    <div class="prose">
      <For each={props.sections}>
        {(section) => (
          <section id={section.id}>
            <h2>{section.title}</h2>
            <For each={saidHere(section.paragraphs)}>
              {(paragraph) => <p>{withRules(paragraph)}</p>}
            </For>
            <Show when={section.list}>
              {(list) => (
                <ul>
                  <For each={saidHere(list())}>{(item) => <li>{item}</li>}</For>
                </ul>
              )}
            </Show>
            {props.children?.(section.id)}
          </section>
        )}
      </For>
    </div>
  );
}
