import { createSignal, type JSX, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { useSession } from '../session/session.tsx';
import { LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './stop-by-link.zh.ts';

const copy = defineCopy(zh, () => import('./stop-by-link.en.ts'));

/** the page that the link in the mail opens. Nothing stops before the person presses the button. */
export function StopByLink() {
  const [isDone, setDone] = createSignal(false);
  return (
    <Show
      when={!isDone()}
      fallback={
        <Ended title={copy().doneTitle} lead={copy().done}>
          <p>{copy().notMe}</p>
        </Ended>
      }
    >
      <LinkPage
        title={copy().title}
        open={async () => {}}
        dead={(why) => (
          <Show when={usedLink(why)} fallback={<Expired />}>
            {(used) => <Ended title={copy().usedTitle} lead={failureSentence(used())} />}
          </Show>
        )}
      >
        {(link) => <Stop {...link} onDone={() => setDone(true)} />}
      </LinkPage>
    </Show>
  );
}

function Stop(props: OpenLink<void> & { onDone(): void }) {
  const session = useSession();
  const stop = createAction(async () => {
    await api.data.stopCancellationByLink.mutate({ link: props.secret });
    props.onDone();
    await session.refresh();
  }, props.on);
  return (
    <Page title={copy().title} lead={copy().lead}>
      <ActionFailure action={stop} />
      <div class="row">
        <ActionButton action={stop}>{copy().stop}</ActionButton>
      </div>
    </Page>
  );
}

function Expired() {
  return (
    <Ended
      title={copy().expiredTitle}
      lead={copy().expired}
      other={
        <A class="btn plain" href="/register">
          {copy().toRegister}
        </A>
      }
    />
  );
}

function Ended(props: {
  title: string;
  lead: string;
  other?: JSX.Element;
  children?: JSX.Element;
}) {
  return (
    <Page title={props.title} lead={props.lead}>
      {props.children}
      <div class="row">
        <A class="btn" href="/login?next=/account/data">
          {copy().toSignIn}
        </A>
        {props.other}
      </div>
    </Page>
  );
}
