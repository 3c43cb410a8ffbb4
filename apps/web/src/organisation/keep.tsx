import { createSignal, type JSX, Show } from 'solid-js';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { A } from '../router/router.tsx';
import { LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Page } from '../ui/page.tsx';
import { careCopy as copy } from './care-copy.ts';

/** the page of the link by which an organisation keeps its account. Nothing stops before the button is pressed. */
export function KeepOrganisation() {
  const [isDone, setDone] = createSignal(false);
  return (
    <Show
      when={!isDone()}
      fallback={
        <Ended title={copy().keptTitle} lead={copy().stopped}>
          <p>{copy().notUs}</p>
        </Ended>
      }
    >
      <LinkPage
        title={copy().stop}
        open={async () => {}}
        dead={(why) => (
          <Show
            when={usedLink(why)}
            fallback={<Ended title={copy().expiredTitle} lead={copy().expired} />}
          >
            {(used) => <Ended title={copy().usedTitle} lead={failureSentence(used())} />}
          </Show>
        )}
      >
        {(link) => <Keep {...link} onDone={() => setDone(true)} />}
      </LinkPage>
    </Show>
  );
}

function Keep(props: OpenLink<void> & { onDone(): void }) {
  const keep = createAction(async () => {
    await api.organisation.stopClosingByLink.mutate({ link: props.secret });
    props.onDone();
  }, props.on);
  return (
    <Page title={copy().stop} lead={copy().keepLead}>
      <ActionFailure action={keep} />
      <div class="row">
        <ActionButton action={keep}>{copy().stop}</ActionButton>
      </div>
    </Page>
  );
}

function Ended(props: { title: string; lead: string; children?: JSX.Element }) {
  return (
    <Page title={props.title} lead={props.lead}>
      {props.children}
      <div class="row">
        <A class="btn" href="/organisation">
          {copy().toSignIn}
        </A>
        <A class="btn plain" href="/organisation/letter">
          {copy().toLetter}
        </A>
      </div>
    </Page>
  );
}
