import {
  type RetentionKind,
  retentionTerm,
  type RetentionWords,
  retentionWords,
} from '@shiming/domain';
import { For, Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual } from '../portal.ts';
import { zh } from './retention-table.zh.ts';

const copy = defineCopy(zh, () => import('./retention-table.en.ts'));

/** What a kind of data is for and until when it is kept. */
export function Term(props: { kind: RetentionKind }) {
  const words = (): RetentionWords => retentionWords[props.kind];
  return (
    <>
      {copy().purpose}
      {bilingual(words().purpose)}
      <br />
      {copy().kept}
      {bilingual(retentionTerm(props.kind))}
    </>
  );
}

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
              <Term kind={kind} />
              <Basis kind={kind} />
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
