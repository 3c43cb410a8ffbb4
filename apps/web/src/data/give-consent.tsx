import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { Note } from '../ui/blocks.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { consentsCopy as copy } from './consents-copy.ts';

/**
 * The way out where the consent to the document number is missing (PIPL 29): it is given here, and the page goes on.
 * Somebody whose account came from an older system has never been asked for it, others have withdrawn it.
 */
export function GiveConsent(props: { onGiven?(): Promise<void> }) {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <>
      <Note tone="warn">
        <p>{copy().needed}</p>
        <p>
          <A class="alone" href="/privacy">
            {copy().privacy}
          </A>
        </p>
      </Note>
      <div class="row">
        <button type="button" class="btn" onClick={() => setAsking(true)}>
          {copy().giveHere}
        </button>
      </div>
      <Show when={isAsking()}>
        <ConsentDialog
          kind="document_number"
          isWithdrawal={false}
          onCancel={() => setAsking(false)}
          onDone={async () => {
            setAsking(false);
            await props.onGiven?.();
            // The button that had the focus is gone with the question.
            document.querySelector('h1')?.focus();
          }}
        />
      </Show>
    </>
  );
}
