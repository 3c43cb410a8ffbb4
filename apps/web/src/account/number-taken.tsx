import { For, Show } from 'solid-js';
import { A, useNavigate } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { NewTab, Note } from '../ui/blocks.tsx';
import { zh } from './number-taken.zh.ts';

const copy = defineCopy(zh, () => import('./number-taken.en.ts'));

/**
 * S-DUP-01, S-DUP-02: the number opens another account; what the person can do, and what a claim on it brings. While another
 * claim is decided (`isInReview`), none is offered.
 */
export function NumberTaken(props: { isInReview: boolean; onClaim(event: SubmitEvent): void }) {
  const session = useSession();
  const navigate = useNavigate();
  const leave = createAction(async () => {
    await session.signOut();
    navigate('/login');
  });
  return (
    <Note tone="warn">
      <div class="tight" role="alert">
        <p>
          <b>{props.isInReview ? copy().inReview : copy().taken}</b>
        </p>
        <ul>
          <li>{copy().isMine}</li>
          <li>{copy().isWrong}</li>
          <li>
            {props.isInReview ? copy().waits : copy().isNotMine}
            <Show when={!props.isInReview}>
              <ul>
                <For each={copy().claimEffects(usePortal().numberClaims)}>
                  {(line) => <li>{line}</li>}
                </For>
              </ul>
            </Show>
          </li>
        </ul>
        <ActionFailure action={leave} />
        <div class="row">
          <button type="button" class="btn" onClick={() => void leave.run()}>
            {copy().toOther}
          </button>
          <Show when={!props.isInReview}>
            <form onSubmit={(event) => props.onClaim(event)}>
              <button type="submit" class="btn quiet">
                {copy().claim}
              </button>
            </form>
          </Show>
        </div>
        <div class="row links">
          <A href="/recovery">{copy().recover}</A>
          <NewTab href="/tickets/new">{copy().write}</NewTab>
        </div>
      </div>
    </Note>
  );
}
