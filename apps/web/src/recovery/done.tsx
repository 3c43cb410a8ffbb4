import { Show } from 'solid-js';
import { A, Navigate, useLocation } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { isByUserName, recoveryCopy as copy } from './shared.tsx';

/** The reset is over. Who comes by the address alone has reset nothing. */
export function RecoveryDone() {
  const here = useLocation<{ isDone: boolean }>();
  return (
    <Show when={here.state?.isDone} fallback={<Navigate href="/login" />}>
      <Page
        title={copy().doneTitle}
        lead={isByUserName() ? copy().doneByUserName : copy().doneLead}
      >
        <div class="row">
          <A class="btn" href="/login">
            {copy().toSignIn}
          </A>
        </div>
      </Page>
    </Show>
  );
}
