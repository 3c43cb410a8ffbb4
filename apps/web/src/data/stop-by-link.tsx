import { A } from '@solidjs/router';
import { createSignal, type JSX, Match, Switch } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { takeLinkSecret } from '../link-secret.ts';
import { useSession } from '../session/session.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './stop-by-link.zh.ts';

const copy = defineCopy(zh, () => import('./stop-by-link.en.ts'));

type Stage = 'asking' | 'done' | 'used' | 'expired';

/**
 * the page that the link in the mail opens. Its secret is posted only when the person presses the button: a
 * scanner that opens every link stops nothing.
 */
export function StopByLink() {
  const link = takeLinkSecret();
  const session = useSession();
  const [stage, setStage] = createSignal<Stage>(link === '' ? 'expired' : 'asking');
  const stop = createAction(
    async () => {
      await api.data.stopCancellationByLink.mutate({ link });
      setStage('done');
      await session.refresh();
    },
    (code) => {
      if (code === 'link.used') setStage('used');
      if (code === 'link.expired') setStage('expired');
      return stage() !== 'asking';
    },
  );
  return (
    <Switch>
      <Match when={stage() === 'asking'}>
        <Page title={copy().title} lead={copy().lead}>
          <ActionFailure action={stop} />
          <div class="row">
            <ActionButton action={stop}>{copy().stop}</ActionButton>
          </div>
        </Page>
      </Match>
      <Match when={stage() === 'done'}>
        <Ended title={copy().doneTitle} lead={copy().done}>
          <p>{copy().notMe}</p>
        </Ended>
      </Match>
      <Match when={stage() === 'used'}>
        <Ended title={copy().usedTitle} lead={copy().used} />
      </Match>
      <Match when={stage() === 'expired'}>
        <Ended
          title={copy().expiredTitle}
          lead={copy().expired}
          other={
            <A class="btn plain" href="/register">
              {copy().toRegister}
            </A>
          }
        />
      </Match>
    </Switch>
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
