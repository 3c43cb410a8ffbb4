import { For } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { NewTab, Note } from '../ui/blocks.tsx';
import { zh } from './number-taken.zh.ts';

const copy = defineCopy(zh, () => import('./number-taken.en.ts'));

/** S-DUP-02: the number opens another account; what the person can do, and what a claim on it brings. */
export function NumberTaken(props: { onClaim(event: SubmitEvent): void }) {
  return (
    <Note tone="warn">
      <div class="tight" role="alert">
        <p>
          <b>{copy().taken}</b> {copy().takenText}
        </p>
        <ul>
          <For each={copy().claimEffects(usePortal().numberClaims)}>
            {(line) => <li>{line}</li>}
          </For>
        </ul>
        <form onSubmit={(event) => props.onClaim(event)}>
          <button type="submit" class="btn quiet">
            {copy().claim}
          </button>
        </form>
        <div class="row links">
          <A href="/recovery">{copy().recover}</A>
          <NewTab href="/tickets/new">{copy().write}</NewTab>
        </div>
      </div>
    </Note>
  );
}
