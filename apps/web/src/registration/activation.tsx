import { createSignal, type JSX, Show } from 'solid-js';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatSpan } from '../copy/spans.ts';
import { bilingual, usePortal } from '../portal.ts';
import { A, useSearchParams } from '../router/router.tsx';
import { type DeadLink, LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './activation.zh.ts';
import { flowCopy, useFlow } from './flow.tsx';
import { firstStep, pathTo } from './steps.ts';

const copy = defineCopy(zh, () => import('./activation.en.ts'));

/** S-REG-02 to 05: the page of the activation mail's link. A press activates; opening the page does not. */
export function Activation() {
  const [search] = useSearchParams<{ elsewhere: string }>();
  const [isTaken, setTaken] = createSignal(false);
  return (
    <Show when={!isTaken()} fallback={<Taken />}>
      <Show
        when={search.elsewhere === undefined}
        fallback={
          <Page title={copy().moved} lead={copy().movedLead}>
            <Ways first="signIn" />
          </Page>
        }
      >
        <LinkPage
          title={copy().title}
          open={(link) => api.registration.openActivation.mutate({ link })}
          dead={(why) => <Dead why={why} />}
        >
          {(link) => <Open {...link} onTaken={() => setTaken(true)} />}
        </LinkPage>
      </Show>
    </Show>
  );
}

function Open(props: OpenLink<{ masked: string; isHere: boolean }> & { onTaken(): void }) {
  const flow = useFlow();
  const activate = createAction(
    async () => {
      flow.goOn(await api.registration.activate.mutate({ link: props.secret }), {
        tone: 'ok',
        said: () => flowCopy().activated,
      });
    },
    { ...props.on, 'registration.contact_taken': () => props.onTaken() },
  );
  return (
    <Page title={copy().title} lead={copy().lead(bilingual(usePortal().name))}>
      <p>
        <Num strong>{props.opened.masked}</Num>
      </p>
      <Show when={!props.opened.isHere}>
        <Note>
          <div class="tight">
            <p>{copy().elsewhere}</p>
            <p>{copy().byCode}</p>
          </div>
        </Note>
      </Show>
      <ActionFailure action={activate} />
      <div class="row">
        <ActionButton action={activate}>{copy().activate}</ActionButton>
      </div>
      <p class="soft">{copy().notMine}</p>
    </Page>
  );
}

function Dead(props: { why: DeadLink }) {
  const used = () => usedLink(props.why);
  const { validMs } = usePortal().codes.mail;
  return (
    <Show
      when={used()}
      fallback={
        <Page
          title={props.why.code === 'incomplete' ? copy().incomplete : copy().expired}
          lead={props.why.code === 'incomplete' ? copy().incompleteLead : copy().expiredLead}
        >
          <p>{copy().expiredNext(formatSpan(validMs))}</p>
          <Ways first="register" />
        </Page>
      }
    >
      {(why) => (
        <Page title={copy().used} lead={failureSentence(why())}>
          <p>{copy().usedNext}</p>
          <Ways first="signIn" />
        </Page>
      )}
    </Show>
  );
}

const Taken = () => (
  <Page title={copy().taken} lead={copy().takenLead}>
    <div class="row links">
      <A class="btn" href="/login">
        {copy().signIn}
      </A>
      <A href="/recovery">{copy().forgotten}</A>
    </div>
  </Page>
);

/** The registration of this browser, where there is one, or another; and the sign-in. */
function Ways(props: { first: 'signIn' | 'register' }): JSX.Element {
  const flow = useFlow();
  const step = () => flow.registration()?.step;
  const goOn = () => (step() === 'code' ? copy().resend : copy().goOn);
  const of = (kind: 'signIn' | 'register') => (kind === props.first ? 'btn' : 'btn quiet');
  return (
    <div class="row">
      <Show when={props.first === 'signIn'}>
        <A class="btn" href="/login">
          {copy().signIn}
        </A>
      </Show>
      <A class={of('register')} href={pathTo(step() ?? firstStep())}>
        {step() === undefined ? copy().register : goOn()}
      </A>
    </div>
  );
}
