import { Show, untrack } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import type { Read } from '../ui/read.tsx';
import { zh } from './unproved.zh.ts';

const copy = defineCopy(zh, () => import('./unproved.en.ts'));

type Contact = Awaited<ReturnType<typeof api.contact.current.query>>;

/**
 * T-REG-13a: which contacts are not proved, what follows from it, and the ways to prove them. `contact`: what the page has read
 * of them already.
 */
export function Unproved(props: { contact?: Read<Contact> }) {
  const read = untrack(() => props.contact) ?? createRead(() => api.contact.current.query());
  const send = createAction(async () => {
    await api.contact.sendMailProof.mutate();
    await read.again();
  }, useSignedIn());
  return (
    <Show when={read.data()}>
      {(now) => {
        const isProved = () => now().isProved;
        const hasEmail = () => now().maskedEmail !== '';
        const hasMobile = () => now().maskedMobile !== '';
        const link = () => now().mailProof.link;
        const says = () => {
          if (!isProved().email && !isProved().mobile) return copy().none;
          if (isProved().email) return hasMobile() ? copy().mobile : copy().noMobile;
          return hasEmail() ? copy().email(now().maskedEmail) : copy().noEmail;
        };
        return (
          <Show when={!isProved().email || !isProved().mobile}>
            <Note tone="warn">
              <h2>{copy().title}</h2>
              <p>{says()}</p>
              <Show when={!isProved().email && link()}>
                {(sent) => <p role="status">{copy().sent(formatInstant(sent().expiresAtMs))}</p>}
              </Show>
              <ActionFailure action={send} />
              <div class="row">
                <Show when={!isProved().email && hasEmail()}>
                  <ActionButton action={send}>{link() ? copy().again : copy().send}</ActionButton>
                </Show>
                <Show when={!isProved().mobile}>
                  <A class="btn quiet" href="/account/mobile">
                    {hasMobile() ? copy().proveMobile : copy().enterMobile}
                  </A>
                </Show>
                <Show when={!isProved().email}>
                  <A class="btn plain" href="/account/email">
                    {hasEmail() ? copy().changeEmail : copy().enterEmail}
                  </A>
                </Show>
                <Show when={!isProved().email && !isProved().mobile}>
                  <A class="btn plain" href="/tickets/new">
                    {copy().write}
                  </A>
                </Show>
              </div>
            </Note>
          </Show>
        );
      }}
    </Show>
  );
}
