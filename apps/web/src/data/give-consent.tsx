import type { ConsentChoice } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { Note } from '../ui/blocks.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { consentsCopy as copy } from './consents-copy.ts';

/**
 * The way out where a consent is missing (PIPL 23, 29): it is given here, and the page goes on. Each is asked for where
 * it is needed first, and again where it was withdrawn.
 */
export function GiveConsent(props: { consent: ConsentChoice; onGiven?(): Promise<void> }) {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <>
      <Note tone="warn">
        <p>{copy().needed[props.consent.kind]}</p>
        <p>
          <A class="alone" href="/privacy">
            {copy().privacy}
          </A>
        </p>
      </Note>
      <div class="row">
        <button type="button" class="btn" onClick={() => setAsking(true)}>
          {copy().giveHere[props.consent.kind]}
        </button>
      </div>
      <Show when={isAsking()}>
        <ConsentDialog
          consent={props.consent}
          isWithdrawal={false}
          onCancel={() => setAsking(false)}
          onDone={async () => {
            setAsking(false);
            await props.onGiven?.();
            // The button that had the focus is gone with the question. The person may be elsewhere by now.
            if (document.activeElement === document.body) document.querySelector('h1')?.focus();
          }}
        />
      </Show>
    </>
  );
}
