import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { Note } from '../ui/blocks.tsx';
import { zh } from './code-page.zh.ts';
import type { Delivery } from './life.ts';

/** The words of a code that goes to somebody who is signed in. */
export const codePageCopy = defineCopy(zh, () => import('./code-page.en.ts'));

/** Why a message did not go out, and what to do. */
export function NotSent(props: { channel: 'sms' | 'mail'; delivery: Delivery }) {
  return (
    <Show when={props.delivery.outcome !== 'sent' && props.delivery.outcome}>
      {(outcome) => (
        <Note tone="warn">
          <p>{codePageCopy()[props.channel][outcome()](props.delivery.remainingToday)}</p>
        </Note>
      )}
    </Show>
  );
}
