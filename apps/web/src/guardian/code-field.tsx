import { For } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './code-field.zh.ts';
import { usePortal } from '../portal.ts';
import { formatSpan } from '../copy/spans.ts';
import { NewTab } from '../ui/blocks.tsx';

const copy = defineCopy(zh, () => import('./code-field.en.ts'));

/** PIPL 31: what to do for a child under 14, and the field for the guardian's code. */
export function GuardianCodeField(props: { field: FieldBinding<string>; isAccepted?: boolean }) {
  return (
    <section class="stack">
      <div class="note warn tight">
        <p>
          <b>{copy().title}</b>
        </p>
        <p>
          {copy().text} {copy().validFor(formatSpan(usePortal().guardian.codeValidMs))}
        </p>
        <ol>
          <For each={copy().steps}>{(step) => <li>{step}</li>}</For>
        </ol>
        <p>
          {copy().without}
          <NewTab href="/tickets/new">{copy().contact}</NewTab>
        </p>
      </div>
      <TextField
        field={props.field}
        label={copy().label}
        hint={props.isAccepted === true ? copy().hintAccepted : copy().hint}
        numeric
      />
    </section>
  );
}
