import {
  faceFrameKnownMs,
  type FacePurpose,
  facePurposes,
  groupNumber,
  parseSignInName,
  shanghaiDate,
} from '@shiming/domain';
import { createSignal, Match, Show, Suspense, Switch } from 'solid-js';
import { api, type Failure } from '../api.ts';
import { NotFound } from '../about/not-found.tsx';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { failureSentence } from '../copy/failures.ts';
import { formatInstant } from '../copy/format.ts';
import { formatSpan } from '../copy/spans.ts';
import { createForm, type Problems } from '../form/create-form.ts';
import { type On, onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { useOperator } from '../operator.ts';
import { usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket } from '../puzzle/with-ticket.ts';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { authorisationPath, levelsPath, verificationPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ownPath } from '../shared/own-path.ts';
import { Facts, Loading, NewTab, Note } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import type { FaceChallenge } from './capture.tsx';
import { zh } from './face.zh.ts';
import { type Came, type FaceAnswer, FaceResult } from './result.tsx';

const copy = defineCopy(zh, () => import('./face.en.ts'));

const Capture = page(() => import('./capture.tsx'), 'Capture');

type Typed = { name: string; ticket: string; hasAgreed: boolean };
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
] as const;

/** /face?for=…: the one document with a camera (E-LVL-01, E-LOG-01, E-PWD-01, E-ACT-01). */
export function Face() {
  const [query] = useSearchParams<{ for: string }>();
  const purpose = () => facePurposes.find((each) => each === query.for);
  return (
    <Show when={purpose()} keyed fallback={<NotFound />}>
      {(of) => <ForPurpose purpose={of} />}
    </Show>
  );
}

function useWay(purpose: FacePurpose): Way | null {
  const [query] = useSearchParams<{ about: string; next: string }>();
  const session = useSession();
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
        ...(isLevel ? {} : { leadsTo: ownPath(query.next) ?? authorisationPath }),
        other: isLevel
          ? { kind: 'window', path: `${levelsPath}#window` }
          : { kind: 'answer', path: ownPath(query.next) ?? authorisationPath },
        on: useSignedIn(),
      };
    }
    case 'sign_in':
    case 'recover':
    case 'activate':
      return null;
  }
}

function ForPurpose(props: { purpose: FacePurpose }) {
  const way = useWay(props.purpose);
  return way === null ? <NotFound /> : <OnWay purpose={props.purpose} way={way} />;
}

function OnWay(props: { purpose: FacePurpose; way: Way }) {
  const { purpose, way } = props;
  const navigate = useNavigate();
  const [challenge, setChallenge] = createSignal<FaceChallenge>();
  const [came, setCame] = createSignal<Came>();
  const [ended, setEnded] = createSignal('');
  let name = '';

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
  const on: On = {
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
              on={on}
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
              <ByFace
                purpose={purpose}
                receiver={data().receiver}
                tries={data().current}
                begin={(typed) => props.begin(typed)}
                on={props.way.on}
              />
            </Show>
          </Show>
        </Page>
      )}
    </Reading>
  );
}

function ByFace(props: {
  purpose: FacePurpose;
  /** Who gets the picture. */
  receiver: string;
  tries: { remainingToday: number; perDay: number; resumesAtMs: number } | null;
  begin(typed: Typed): Promise<void>;
  on: On;
}) {
  const { purpose } = props;
  const operator = useOperator();
  const asksNumber = purpose === 'sign_in';
  const form = createForm({
    initial: { name: '', hasAgreed: false, ticket: '' },
    validate(typed) {
      const today = shanghaiDate(serverNow());
      const name = asksNumber ? parseSignInName(typed.name, today, usePortal()) : null;
      const fields: Problems = {
        ...(name === null || name.ok ? {} : { name: name.code }),
        ...(typed.hasAgreed ? {} : { hasAgreed: 'consent.missing' as const }),
        ...(asksNumber && typed.ticket === ''
          ? { ticket: { code: 'puzzle.not_solved' } as const }
          : {}),
      };
      return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
    },
    submit: (typed) => props.begin(typed),
    on: { ...props.on, ...onTicket },
    spends: 'ticket',
  });
  const notice = () => copy().notice;
  return (
    <section class="card stack">
      <div class="tight">
        <h2>{copy().byFaceTitle}</h2>
        <p>{copy().byFace}</p>
        <Show when={props.tries}>
          {(tries) => (
            <p class="soft">
              {tries().remainingToday === 0
                ? copy().usedUp(formatInstant(tries().resumesAtMs))
                : copy().left(tries().remainingToday, tries().perDay)}
            </p>
          )}
        </Show>
      </div>
      <Show when={props.tries?.remainingToday !== 0}>
        <FormBody of={form} isPart submit={copy().start}>
          <Show when={asksNumber}>
            <NumberGroupedField
              field={form.field('name')}
              label={copy().number}
              hint={copy().numberHint}
              group={groupNumber}
              autocomplete="username"
            />
            <Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />
          </Show>
          <h3>{copy().noticeTitle}</h3>
          <Facts
            rows={[
              {
                term: notice().handler,
                value: (
                  <>
                    {copy().handler(operator()?.name ?? '')}
                    <NewTab href="/privacy">{copy().privacy}</NewTab>
                  </>
                ),
              },
              { term: notice().purpose, value: copy().purposes[purpose] },
              { term: notice().way, value: copy().way },
              { term: notice().receiver, value: copy().receiver(props.receiver) },
              { term: notice().kept, value: copy().kept(formatSpan(faceFrameKnownMs)) },
              { term: notice().effect, value: copy().effect },
              { term: notice().rights, value: copy().rights },
            ]}
          />
          <Checkbox field={form.field('hasAgreed')} label={copy().agree(props.receiver)} />
        </FormBody>
      </Show>
    </section>
  );
}
