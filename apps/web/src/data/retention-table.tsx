import { type RetentionKind, type RetentionWords, retentionWords } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { bilingual } from '../portal.ts';
import { retentionCopy as copy, Term } from './term.tsx';

function Basis(props: { kind: RetentionKind }) {
  const words = (): RetentionWords => retentionWords[props.kind];
  return (
    <Show when={words().basis}>
      {(basis) => (
        <>
          <br />
          {copy().basis}
          {bilingual(basis())}
        </>
      )}
    </Show>
  );
}

/** kinds of data with purpose and end, from the table that the job deletes by. */
export function RetentionTable(props: { kinds: readonly RetentionKind[] }) {
  return (
    <ul class="kinds">
      <For each={props.kinds}>
        {(kind) => (
          <li>
            {bilingual(retentionWords[kind].what)}
            <br />
            <span class="soft small">
              <Term kind={kind} words={retentionWords[kind]} />
              <Basis kind={kind} />
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
