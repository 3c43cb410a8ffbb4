import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { useSession } from '../session/session.tsx';
import { LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './mail-link.zh.ts';

const copy = defineCopy(zh, () => import('./mail-link.en.ts'));

/** T-REG-13a: the page of the link that proves a mail address, or takes it off the account of somebody else. */
export function MailLink() {
  const [done, setDone] = createSignal<'proved' | 'removed'>();
  return (
    <Show
      when={done()}
      fallback={
        <LinkPage
          title={copy().title}
          open={(link) => api.contact.openMailProof.mutate({ link })}
          dead={(why) => {
            const used = usedLink(why);
            return (
              <Ended
                title={used ? copy().usedTitle : copy().expiredTitle}
                lead={used ? failureSentence(used) : copy().expired}
                hasAccount
              />
            );
          }}
        >
          {(link) => <Choose {...link} onDone={setDone} />}
        </LinkPage>
      }
    >
      {(what) => (
        <Ended
          title={copy()[`${what()}Title`]}
          lead={copy()[what()]}
          hasAccount={what() === 'proved'}
        />
      )}
    </Show>
  );
}

function Choose(
  props: OpenLink<{ maskedEmail: string }> & { onDone(as: 'proved' | 'removed'): void },
) {
  const session = useSession();
  const by = (as: 'proved' | 'removed', call: (typeof api.contact)['proveMail' | 'disownMail']) =>
    createAction(async () => {
      await call.mutate({ link: props.secret });
      props.onDone(as);
      await session.refresh();
    }, props.on);
  const prove = by('proved', api.contact.proveMail);
  const disown = by('removed', api.contact.disownMail);
  return (
    <Page title={copy().title} lead={copy().lead}>
      <p>
        <b>
          <Num>{props.opened.maskedEmail}</Num>
        </b>
      </p>
      <p>{copy().why}</p>
      <ActionFailure action={prove} />
      <div class="row">
        <ActionButton action={prove}>{copy().prove}</ActionButton>
      </div>
      <section class="tight">
        <h2>{copy().notMine}</h2>
        <p>{copy().notMineText}</p>
        <ActionFailure action={disown} />
        <div class="row">
          <button type="button" class="btn plain" onClick={() => void disown.run()}>
            {copy().notMine}
          </button>
        </div>
      </section>
    </Page>
  );
}

function Ended(props: { title: string; lead: string; hasAccount: boolean }) {
  return (
    <Page title={props.title} lead={props.lead}>
      <Show when={props.hasAccount}>
        <div class="row">
          <A class="btn" href="/account">
            {copy().toAccount}
          </A>
        </div>
      </Show>
    </Page>
  );
}
