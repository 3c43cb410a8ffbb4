import { type StepId, stepInstead, stepLine } from '@shiming/domain';
import {
  createContext,
  createSignal,
  type JSX,
  Match,
  onMount,
  Show,
  Switch,
  untrack,
  useContext,
} from 'solid-js';
import { useLocation, useNavigate } from '../router/router.tsx';
import { api, type Failure, failureOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { nowShows } from '../drawn-from.ts';
import { failureSentence } from '../copy/failures.ts';
import type { On } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { FailureNote, Loading, NewTab, Note, Reveal, type Tone } from '../ui/blocks.tsx';
import { Page, StepLine } from '../ui/page.tsx';
import { zh } from './flow.zh.ts';
import { firstStep, pathTo, type Registration, startPath, donePath } from './steps.ts';

/** The words that all steps share. */
export const flowCopy = defineCopy(zh, () => import('./flow.en.ts'));

/** What a page begins with. The sentence is asked again when the language changes. */
export type Notice = { tone: Tone; said(): string };

const warning = (said: () => string): Notice => ({ tone: 'warn', said });

type Flow = {
  /** As the server last told it; `null` when none is on its way. */
  registration(): Registration | null;
  /** Asks the server again. */
  reload(): Promise<void>;
  /** Takes what the server answered and opens the first step that is not done, again if it is the one on the screen. */
  goOn(now: Registration, notice?: Notice): void;
  open(path: string, notice?: Notice, how?: { replace: boolean }): void;
  /** What refusals do that are about the registration: they lead to the page where the person can go on. */
  on: On;
  /** Rises when the page has to begin again with what the server has. */
  version(): number;
  /** Of a number that is taken: that of the person's own claim, which they have lost. */
  ownClaim(): string | undefined;
  /** What the page that opens now has to say, once. */
  takeNotice(): Notice | undefined;
};

const Context = createContext<Flow>();

export function useFlow(): Flow {
  const flow = useContext(Context);
  if (flow === undefined) throw new Error('useFlow is used outside RegistrationFlow');
  return flow;
}

/** Whether a registration has begun: the page before it shows nothing then, and the one where it goes on opens. */
export function useGoOnWhereBegun(): boolean {
  const flow = useFlow();
  const begun = untrack(() => flow.registration());
  if (begun === null) return false;
  onMount(() => flow.open(pathTo(begun.step), undefined, { replace: true }));
  return true;
}

/**
 * The frame of all pages of a registration. The draft lives on the server, so that a reload or a trip to
 * the SMS app loses nothing; here it is only in memory, never in the browser's storage.
 */
export function RegistrationFlow(props: { children?: JSX.Element }) {
  const navigate = useNavigate();
  const here = useLocation();
  const [registration, setRegistration] = createSignal<Registration | null>();
  const [failure, setFailure] = createSignal<Failure>();
  const [version, setVersion] = createSignal(1);
  let notice: Notice | undefined;
  let ownClaim: string | undefined;

  /** Whether the browser has brought the cookie back, so that it keeps cookies. */
  let isKept = false;
  const take = (now: Registration | null) => {
    nowShows('registration', now?.drawnFrom ?? 'none');
    setRegistration(() => now);
  };
  const reload = async () => {
    const found = await api.registration.current.query();
    isKept = found !== null;
    take(found);
  };
  const load = async () => {
    setFailure(undefined);
    try {
      await reload();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const open: Flow['open'] = (path, saying, how) => {
    notice = saying;
    navigate(path, how);
  };
  const beginAgain = (saying: Notice | undefined) => {
    notice = saying;
    setVersion(version() + 1);
    scrollTo(0, 0);
  };
  const flow: Flow = {
    registration: () => registration() ?? null,
    reload,
    open,
    goOn(now, saying) {
      const before = registration();
      if (before) isKept = true;
      take(now);
      // A password must not be made from the new number: the server has dropped it.
      const isAskedAgain = before?.hasPassword === true && !now.hasPassword;
      const next = isAskedAgain ? warning(() => flowCopy().passwordAgain) : saying;
      const path = pathTo(now.step);
      if (path === here.pathname) beginAgain(next);
      else open(path, next);
    },
    on: {
      'registration.not_started'(refusal) {
        // What was saved a moment ago is not there: the browser did not keep its cookie.
        if (registration() && !isKept) return { code: 'cookies.blocked' };
        take(null);
        open(
          startPath,
          warning(() => failureSentence(refusal)),
        );
        return undefined;
      },
      async 'registration.out_of_order'(refusal) {
        await reload();
        open(
          pathTo(refusal.step),
          warning(() => failureSentence(refusal)),
        );
      },
      async 'registration.number_taken'({ claimNumber, isInReview }) {
        ownClaim = claimNumber;
        await reload();
        open(`/register/taken${isInReview ? '?what=review' : ''}`, undefined, { replace: true });
      },
      async 'registration.to_be_activated'() {
        await reload();
        open('/register/taken?what=activation', undefined, { replace: true });
      },
      async 'registration.contact_taken'() {
        await reload();
        open('/register/taken?what=contact', undefined, { replace: true });
      },
      async 'request.stale'() {
        await reload();
        beginAgain(warning(() => flowCopy().stale));
      },
    },
    version,
    ownClaim: () => ownClaim,
    takeNotice() {
      const taken = notice;
      notice = undefined;
      return taken;
    },
  };
  const discard = async () => {
    try {
      await api.registration.discard.mutate();
      take(null);
      open(startPath, { tone: 'ok', said: () => flowCopy().discarded });
    } catch (error) {
      beginAgain(warning(() => failureSentence(failureOf(error))));
    }
  };
  onMount(() => void load());

  return (
    <Switch fallback={<Loading />}>
      <Match when={failure()}>
        {(failed) => (
          <Page title={flowCopy().flow}>
            <FailureNote failure={failed()} onRetry={() => void load()} />
          </Page>
        )}
      </Match>
      <Match when={registration() !== undefined}>
        <Context.Provider value={flow}>
          {props.children}
          <p class="discard">
            <NewTab class="alone" href="/help#registration">
              {flowCopy().help}
            </NewTab>
          </p>
          <Show when={here.pathname !== donePath && registration()}>
            <div class="discard">
              <Reveal title={flowCopy().discard}>
                <p>{flowCopy().discardText}</p>
                <button type="button" class="btn plain" onClick={() => void discard()}>
                  {flowCopy().discardNow}
                </button>
              </Reveal>
            </div>
          </Show>
        </Context.Provider>
      </Match>
    </Switch>
  );
}

/** A page that begins again when the server's draft has changed under it. */
function Fresh(props: { children: () => JSX.Element }) {
  const flow = useFlow();
  return (
    <Show when={flow.version()} keyed>
      {(_version) => props.children()}
    </Show>
  );
}

/** A step that a registration may begin with: where the portal's does, it opens with none on its way. */
export function OpeningStep(props: {
  name: StepId;
  children: (registration: () => Registration | null) => JSX.Element;
}) {
  const flow = useFlow();
  const isOpening = untrack(() => props.name === firstStep());
  return (
    <Show when={isOpening} fallback={<Step name={props.name}>{props.children}</Step>}>
      <Fresh>{() => props.children(() => flow.registration())}</Fresh>
    </Show>
  );
}

/** A step of a registration on its way: who opens it too early or too late is led to the step that is theirs. */
export function Step(props: {
  name: StepId;
  children: (registration: () => Registration) => JSX.Element;
}) {
  const flow = useFlow();
  // Once, as the page opens: what the page itself saves must not send the person away from it.
  const found = untrack(() => flow.registration());
  const instead =
    found === null
      ? 'start'
      : stepInstead(
          usePortal().flows.register,
          untrack(() => props.name),
          found.step,
        );
  if (found === null || instead !== null)
    return <Redirect to={instead ?? 'start'} from={props.name} />;
  return <Fresh>{() => props.children(() => flow.registration() ?? found)}</Fresh>;
}

function Redirect(props: { to: StepId | 'start'; from: StepId }) {
  const flow = useFlow();
  onMount(() => {
    const { to, from } = props;
    const refusal: Failure =
      to === 'start'
        ? { code: 'registration.not_started' }
        : { code: 'registration.out_of_order', step: to };
    // Only who came too early has something to do first.
    const { steps } = usePortal().flows.register;
    const isDone = to !== 'start' && steps.indexOf(from) < steps.indexOf(to);
    const notice = isDone ? undefined : warning(() => failureSentence(refusal));
    flow.open(to === 'start' ? startPath : pathTo(to), notice, { replace: true });
  });
  return null;
}

/** What the page before has left to say. */
export function FlowNotice() {
  const notice = useFlow().takeNotice();
  return (
    <Show when={notice}>
      {(given) => (
        <Note tone={given().tone}>
          <p>{given().said()}</p>
        </Note>
      )}
    </Show>
  );
}

export function FlowStep(props: { of: StepId }) {
  const line = () => stepLine(usePortal().flows.register, props.of);
  return <StepLine flow={flowCopy().flow} {...line()} />;
}
