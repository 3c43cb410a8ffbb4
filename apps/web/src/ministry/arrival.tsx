import { arrivalValidMs } from '@shiming/domain';
import { createSignal, onMount, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { nowShows } from '../drawn-from.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import { A, useNavigate } from '../router/router.tsx';
import { entryPath } from '../session/entry.ts';
import { profilePath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, FailureNote, Loading } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './ministry.zh.ts';
import { type Arrival, keepVouched } from './vouched.ts';

const copy = defineCopy(zh, () => import('./ministry.en.ts'));

const path = '/login/ministry';

/**
 * T-REG-15: where a person goes to the ministry from, and where they come back to. The query with which they do is taken
 * out of the address before it is sent.
 */
export function MinistryArrival() {
  const session = useSession();
  const navigate = useNavigate();
  const [arrival, setArrival] = createSignal<Arrival | null>();
  const begin = createAction(async () => {
    const { url } = await api.ministry.begin.mutate({ purpose: 'sign_in' });
    location.assign(url);
  });
  const look = createAction(async () => {
    const query = location.search;
    if (/[?&]state=/.test(query)) {
      history.replaceState(history.state, '', location.pathname);
      const { outcome } = await api.ministry.arrive.mutate({ query });
      if (outcome === 'signed_in') {
        nowShows('account');
        await session.refresh();
        // As after every sign-in, the profile comes before anything else (T-LOG-03).
        const lacksProfile = session.current()?.missing[0] === 'profile';
        navigate(lacksProfile ? profilePath(entryPath()) : (entryPath() ?? '/'), { replace: true });
        return;
      }
    }
    setArrival(await api.ministry.arrival.query());
  });
  onMount(() => void look.run());
  const isWaiting = () => arrival() === undefined && look.failure() === undefined;
  return (
    <Show when={!isWaiting()} fallback={<Loading />}>
      <Show
        when={arrival()}
        fallback={
          <Page title={copy().title} lead={copy().lead}>
            <Show when={look.failure()}>
              {(failure) => <FailureNote failure={failure()} onRetry={() => void begin.run()} />}
            </Show>
            <p>{copy().told(arrivalValidMs / 60_000)}</p>
            <ActionButton action={begin}>{copy().begin}</ActionButton>
            <ActionFailure action={begin} />
            <div class="row links">
              <A href="/login">{copy().otherWay}</A>
            </div>
          </Page>
        }
      >
        {(arrived) => <Choices arrival={arrived()} onLeft={() => setArrival(null)} />}
      </Show>
    </Show>
  );
}

function Choices(props: { arrival: Arrival; onLeft(): void }) {
  const session = useSession();
  const navigate = useNavigate();
  // For the case that they register.
  keepVouched({ ...props.arrival, expiresAtMs: Date.now() + arrivalValidMs });
  const link = createAction(
    async () => {
      await api.ministry.link.mutate();
      navigate('/account/ministry', { replace: true });
    },
    useProved(() => 'link'),
  );
  goOnAfterProof(path, 'link', link.run);
  const leave = createAction(async () => {
    await api.ministry.leave.mutate();
    keepVouched(undefined);
    props.onLeft();
  });
  return (
    <Page title={copy().arrived} lead={copy().arrivedLead}>
      <Show when={props.arrival.name}>
        {(name) => <Facts rows={[{ term: copy().name, value: <Foreign>{name()}</Foreign> }]} />}
      </Show>
      <Show
        when={session.current()}
        fallback={
          <>
            <p>
              <A class="btn" href={`/login?next=${path}`}>
                {copy().hasAccount}
              </A>
            </p>
            <p>
              <A class="btn plain" href="/register">
                {copy().register}
              </A>
            </p>
            <Show when={props.arrival.name}>
              <p class="soft">{copy().registerNote}</p>
            </Show>
          </>
        }
      >
        <p>{copy().linkHere}</p>
        <ActionButton action={link}>{copy().link}</ActionButton>
        <ActionFailure action={link} />
      </Show>
      <p>
        <button type="button" class="btn plain" onClick={() => void leave.run()}>
          {copy().leave}
        </button>
      </p>
      <ActionFailure action={leave} />
    </Page>
  );
}
