import { type FacePurpose, facePurposes } from '@shiming/domain';
import { createEffect, createSignal, Match, on, Show, Suspense, Switch } from 'solid-js';
import { api, type Failure } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { type On, onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { pathTo, startPath } from '../registration/steps.ts';
import { A, Navigate, useNavigate, useSearchParams } from '../router/router.tsx';
import { entryPath } from '../session/entry.ts';
import { authorisationPath, levelsPath, signInPath, verificationPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ownPath } from '../shared/own-path.ts';
import { Loading, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { ByFace, type ConsentOf, type Typed } from './by-face.tsx';
import type { FaceChallenge } from './capture.tsx';
import { faceCopy as copy } from './copy.ts';
import { type Came, type FaceAnswer, FaceResult } from './result.tsx';

const SignInByFace = page(() => import('./sign-in.tsx'), 'SignInByFace');
const Capture = page(() => import('./capture.tsx'), 'Capture');

type Sent = { challenge: string; frames: string[] };

/** What a purpose asks of the server, and where the person goes once the face has matched. */
type Way = {
  begin(typed: Typed): Promise<FaceChallenge>;
  submit(sent: Sent, name: string): Promise<Pick<Came, 'outcome' | 'pictureFault'> | FaceAnswer>;
  /** Without one, the page says that it matched. */
  leadsTo?: string;
  /** The way without a face, which leads to the same. */
  other: { kind: 'window' | 'password' | 'code' | 'answer'; path: string };
  on: On;
};

/** What ends a challenge: the person begins again, and reads why. */
const ends = [
  'face.day_limit',
  'face.not_offered',
  'consent.required',
  'login.locked',
  'login.strangers_locked',
  'account.suspended',
  'account.closed',
  'request.too_many',
  'request.stale',
  'review.open',
  'verification.in_progress',
  'puzzle.work_required',
] as const;

/** /face?for=…: the one document with a camera (E-LVL-01, E-LOG-01, E-PWD-01, E-ACT-01). */
export function Face() {
  const [query] = useSearchParams<{ for: string }>();
  const purpose = () => facePurposes.find((each) => each === query.for);
  return (
    <Show when={purpose()} keyed fallback={<Navigate href={levelsPath} />}>
      {(of) => <OnWay purpose={of} />}
    </Show>
  );
}

function useWay(purpose: FacePurpose): Way {
  const [query] = useSearchParams<{ about: string; next: string }>();
  const session = useSession();
  const navigate = useNavigate();
  const next = ownPath(query.next);
  const hasAgreed = true as const;
  switch (purpose) {
    case 'level':
    case 'authorise': {
      const of = { purpose, ...(query.about === undefined ? {} : { about: query.about }) };
      const isLevel = purpose === 'level';
      return {
        begin: () => api.face.begin.mutate({ ...of, hasAgreed }),
        async submit(sent) {
          const answer = await api.face.submit.mutate({ ...of, ...sent });
          if (isLevel && answer.outcome === 'matched') await session.refresh();
          return answer;
        },
        ...(isLevel ? {} : { leadsTo: next ?? authorisationPath }),
        other: isLevel
          ? { kind: 'window', path: `${levelsPath}#window` }
          : { kind: 'answer', path: next ?? authorisationPath },
        on: useSignedIn(),
      };
    }
    case 'sign_in':
      return {
        begin: ({ name, ticket }) => api.face.beginSignIn.mutate({ name, ticket, hasAgreed }),
        submit: (sent, name) => api.face.signIn.mutate({ ...sent, name }),
        leadsTo: next ?? entryPath() ?? '/account',
        other: { kind: 'password', path: next === undefined ? '/login' : signInPath(next) },
        on: {},
      };
    case 'recover':
      return {
        begin: () => api.face.beginRecovery.mutate({ hasAgreed }),
        submit: (sent) => api.face.proveRecovery.mutate(sent),
        leadsTo: '/recovery/face',
        other: { kind: 'code', path: '/recovery/way' },
        on: { 'recovery.not_started': () => navigate('/recovery?ended', { replace: true }) },
      };
    case 'activate':
      return {
        begin: () => api.face.beginActivation.mutate({ hasAgreed }),
        submit: (sent) => api.face.activate.mutate(sent),
        // The registration goes on where it stands.
        leadsTo: startPath,
        other: { kind: 'window', path: `${pathTo('verify')}?activate=1#window` },
        on: onEach(['registration.not_started', 'registration.out_of_order'], () =>
          // The registration's own page says where it stands.
          navigate(pathTo('verify'), { replace: true }),
        ),
      };
  }
}

function OnWay(props: { purpose: FacePurpose }) {
  const { purpose } = props;
  const way = useWay(purpose);
  const navigate = useNavigate();
  const [challenge, setChallenge] = createSignal<FaceChallenge>();
  const [came, setCame] = createSignal<Came>();
  const [ended, setEnded] = createSignal('');
  let name = '';
  // Each stage is read from its top; the button that led to it stood far below.
  createEffect(on([came, challenge], () => scrollTo(0, 0), { defer: true }));

  const begin = async (typed: Typed) => {
    setEnded('');
    const begun = await way.begin(typed);
    ({ name } = typed);
    setChallenge(begun);
  };
  const end = (why: string) => {
    setEnded(why);
    setChallenge(undefined);
  };
  const submit = async (frames: string[]) => {
    const answer = await way.submit({ challenge: challenge()?.challenge ?? '', frames }, name);
    if (answer.outcome === 'matched' && way.leadsTo !== undefined) {
      return navigate(way.leadsTo, { replace: true });
    }
    setCame({ ...answer, tries: 'remainingToday' in answer ? answer : undefined });
    return undefined;
  };
  const refusals: On = {
    ...way.on,
    'face.challenge_over': () => end(copy().begunAgain),
    'face.frame_repeated': () => end(copy().repeated),
    'login.refused': ({ triesLeft }) => void setCame({ outcome: 'refused', triesLeft }),
    ...onEach(ends, (failure: Failure) => end(failureSentence(failure))),
  };
  const others = () => <Others way={way} />;
  return (
    <Switch>
      <Match when={came()}>
        {(what) => (
          <FaceResult
            came={what()}
            others={others()}
            onAgain={() => {
              setCame(undefined);
              setChallenge(undefined);
            }}
          />
        )}
      </Match>
      <Match when={challenge()} keyed>
        {(begun) => (
          <Suspense fallback={<Loading />}>
            <Capture
              challenge={begun}
              submit={submit}
              on={refusals}
              onOver={() => end(copy().over)}
              onStop={() => navigate(way.other.path)}
            />
          </Suspense>
        )}
      </Match>
      <Match when={true}>
        <Before purpose={purpose} way={way} ended={ended()} begin={begin} />
      </Match>
    </Switch>
  );
}

/** The way without a face, first and as large as the other. */
function Others(props: { way: Way }) {
  return (
    <section class="card stack">
      <div class="tight">
        <h2>{copy().othersTitle}</h2>
        <p>{copy().others[props.way.other.kind]}</p>
      </div>
      <A class="btn" href={props.way.other.path}>
        {copy().toOthers[props.way.other.kind]}
      </A>
    </section>
  );
}

/** Before the camera: the ways, the notice and the consent (PIPL 29; 人脸识别技术应用安全管理办法 5, 6, 10). */
function Before(props: {
  purpose: FacePurpose;
  way: Way;
  ended: string;
  begin(typed: Typed): Promise<void>;
}) {
  const { purpose } = props;
  const isSignedIn = purpose === 'level' || purpose === 'authorise';
  const read = createRead(async () => {
    const [offer, current] = await Promise.all([
      api.face.offer.query(),
      isSignedIn ? api.face.current.query() : null,
    ]);
    const { isOffered, receiver } = offer;
    const obstacle = current?.obstacle ?? (isOffered ? null : ('not_offered' as const));
    const isAgain = purpose === 'authorise' && obstacle === 'reached';
    return { current, receiver, obstacle: isAgain ? null : obstacle };
  });
  const title = () => copy().titles[purpose];
  const byFace = (receiver: string): ConsentOf => ({
    purpose,
    receiver,
    tries: null,
    begin: (typed) => props.begin(typed),
    on: props.way.on,
  });
  return (
    <Reading read={read} title={title()}>
      {(data) => (
        <Page title={title()} lead={copy().leads[purpose]}>
          <Show when={props.ended}>{(why) => <Note tone="warn">{why()}</Note>}</Show>
          <Show when={data().obstacle}>
            {(obstacle) => <Note tone="warn">{copy().obstacles[obstacle()]}</Note>}
          </Show>
          <Show when={data().obstacle === 'level_first'}>
            <div class="row">
              <A class="btn" href={verificationPath()}>
                {copy().toVerification}
              </A>
            </div>
          </Show>
          <Show
            when={data().obstacle !== 'reached'}
            fallback={
              <div class="row">
                <A class="btn" href={levelsPath}>
                  {copy().toLevels}
                </A>
              </div>
            }
          >
            <Others way={props.way} />
            <Show when={data().obstacle === null}>
              {purpose === 'sign_in' ? (
                <SignInByFace of={byFace(data().receiver)} />
              ) : (
                <ByFace of={{ ...byFace(data().receiver), tries: data().current }} />
              )}
            </Show>
          </Show>
        </Page>
      )}
    </Reading>
  );
}
