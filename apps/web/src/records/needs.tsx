import { Show, Suspense } from 'solid-js';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { A, useLocation } from '../router/router.tsx';
import { verificationPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { Loading, Note } from '../ui/blocks.tsx';
import { recordsCopy as copy } from './copy.ts';

/** What the person has to do before an authority can be asked: be verified, or consent. */
export function RecordNeeds(props: {
  needs: 'verification' | 'consent';
  onChanged(): Promise<void>;
}) {
  const location = useLocation();
  const session = useSession();
  return (
    <Show
      when={props.needs === 'verification'}
      fallback={
        <Suspense fallback={<Loading />}>
          <GiveConsent
            consent={{
              kind: session.current()?.hasConsented === false ? 'document_number' : 'records',
            }}
            onGiven={() => props.onChanged()}
          />
        </Suspense>
      }
    >
      <Note tone="warn">{copy().verifyFirst}</Note>
      <div class="row">
        <A class="btn" href={verificationPath(location.pathname)}>
          {copy().verify}
        </A>
      </div>
    </Show>
  );
}
