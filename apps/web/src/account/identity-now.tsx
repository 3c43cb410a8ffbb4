import { profileField } from '@shiming/domain';
import { Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual, usePortal } from '../portal.ts';
import type { ProfileView } from '../shared/identity-rows.ts';
import { identityPath, profilePath, recordsPath, verificationPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../ui/blocks.tsx';
import { zh } from './identity-now.zh.ts';
import { missingFields } from './missing-fields.ts';

const copy = defineCopy(zh, () => import('./identity-now.en.ts'));

/**
 * S-NAM-03, S-NAM-04: where the check of the real-name information stands, what the portal asks for and the profile does not
 * say, and the ways on where the information is wrong.
 */
export function IdentityNow(props: { view: ProfileView }) {
  const session = useSession();
  const lacking = () =>
    missingFields(props.view).map((field) => bilingual(profileField(field).label));
  const check = () => {
    const now = session.current();
    // The next step says so already, above.
    const isSaid = now?.identityCheck === 'due' && now.next.step === 'verify';
    return isSaid ? undefined : (now?.identityCheck ?? undefined);
  };
  return (
    <>
      <Show when={check()}>
        {(state) => (
          <Note tone={state() === 'due' ? 'info' : 'warn'}>
            <div class="tight">
              <p>{copy().checks[state()].text}</p>
              <div class="row">
                <A
                  class="btn"
                  href={state() === 'correctable' ? identityPath() : verificationPath()}
                >
                  {copy().checks[state()].action}
                </A>
              </div>
            </div>
          </Note>
        )}
      </Show>
      <Show when={lacking().length > 0}>
        <Note>
          <p>
            {copy().profile(lacking())} <A href={profilePath()}>{copy().profileAction}</A>
          </p>
        </Note>
      </Show>
      <section class="tight">
        <h2>{copy().title}</h2>
        <p>{copy().fixed}</p>
        <ul>
          <li>
            {copy().number}
            <A href="/account/number">{copy().numberAction}</A>
          </li>
          <Show when={usePortal().records?.page}>
            {(page) => (
              <li>
                {copy().school} <A href={recordsPath}>{copy().schoolAction(bilingual(page()))}</A>
              </li>
            )}
          </Show>
          <li>
            {copy().desk}
            <A href="/tickets/new">{copy().deskAction}</A>
          </li>
        </ul>
      </section>
    </>
  );
}
