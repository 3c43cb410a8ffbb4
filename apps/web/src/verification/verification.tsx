import {
  type Correction,
  type CorrectionAnswers,
  parseCorrection,
  shanghaiDate,
} from '@shiming/domain';
import { createEffect, createSignal, Match, on, onCleanup, onMount, Show, Switch } from 'solid-js';
import { Navigate, useLocation, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { createForm } from '../form/create-form.ts';
import { onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { typedBefore, useProved } from '../proof/with-proof.ts';
import { isFrozen } from '../review/view.ts';
import { profilePath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { type Read, Reading } from '../ui/read.tsx';
import { verificationCopy as copy } from './copy.ts';
import { createWholeNumber } from './number-rows.tsx';
import { Overview } from './overview.tsx';
import {
  type Go,
  lastOutcome,
  type Place,
  verificationStage,
  type VerificationView,
} from './stage.ts';
import { Waiting } from './waiting.tsx';

const loadResult = () => import('./result.tsx');
const Confirm = page(() => import('./confirm.tsx'), 'Confirm');
const Result = page(loadResult, 'Result');

async function loadView(): Promise<VerificationView> {
  const [view, review] = await Promise.all([
    api.verification.view.query(),
    api.review.current.query(),
  ]);
  return {
    ...view,
    isUnderReview: isFrozen(review),
  };
}

/** 实名核验 (T-VER-01 to 07): the form, the confirmation, the wait and the outcome, under one address. */
export function Verification() {
  const view = createRead(loadView);
  const location = useLocation();
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <Show
          when={data().isProfileComplete}
          fallback={<Navigate href={profilePath(location.pathname + location.search)} />}
        >
          <Flow view={data()} read={view} />
        </Show>
      )}
    </Reading>
  );
}

function Flow(props: { view: VerificationView; read: Read<VerificationView> }) {
  const location = useLocation();
  const session = useSession();
  const [query, setQuery] = useSearchParams<{ at: Place }>();
  const go: Go = (at, how) => setQuery({ at }, { scroll: true, ...how });
  const [step, setStep] = createSignal<'form' | 'confirm' | 'asking'>('form');
  const [sent, setSent] = createSignal<Correction>();

  let answer: ((isSure: boolean) => void) | undefined;
  const askWhetherSure = () =>
    new Promise<boolean>((resolve) => {
      // Fetched while the person reads; where that fails, it is fetched when needed.
      loadResult().catch(() => {});
      answer = resolve;
      setStep('confirm');
      go('confirm');
    });
  const decide = (isSure: boolean) => {
    setStep(isSure ? 'asking' : 'form');
    answer?.(isSure);
  };
  // The browser's own Back is 返回检查 too.
  createEffect(
    on(
      () => query.at,
      (at) => {
        if (at !== 'confirm' && step() === 'confirm') decide(false);
      },
    ),
  );

  const { name, validity, documentType, birthDate } = props.view;
  const parse = (typed: CorrectionAnswers) =>
    parseCorrection(
      typed,
      // Name and validity are judged by these two; the number stays on the server.
      { type: documentType, birthDate, number: '', sex: null, region: null },
      shanghaiDate(serverNow()),
    );
  let from: Place | undefined;
  /** Whether the question went out is for the server to say; the page shows it, and the day's limit. */
  const lookAgain = async () => {
    await props.read.again();
    go(from, { replace: true });
    setStep('form');
  };
  const [year = '', month = '', day = ''] = (validity?.start ?? '').split('-');
  const form = createForm({
    initial: (typedBefore(location.pathname) as CorrectionAnswers | undefined) ?? {
      name,
      validityStart: { year, month, day },
      validityTerm: String(validity?.term ?? ''),
    },
    validate: parse,
    async submit(typed) {
      from = query.at === 'change' ? 'change' : undefined;
      if (!(await askWhetherSure())) return;
      await api.verification.verify.mutate(typed);
      setSent(typedNow());
      await props.read.again();
      await session.refresh();
      go('result', { replace: true });
      setStep('form');
    },
    on: {
      ...onEach(['verification.in_progress', 'verification.day_limit', 'review.open'], lookAgain),
      async 'consent.required'() {
        await lookAgain();
        await session.refresh();
      },
      async otherwise(failure) {
        await lookAgain();
        return failure;
      },
      ...useSignedIn(),
    },
  });
  const typedNow = (): Correction => {
    const parsed = parse(form.values);
    return parsed.ok ? parsed.value : { name, validity };
  };

  const number = createWholeNumber(
    () => props.view,
    useProved(() => ({ ...form.values })),
  );
  const stage = () => verificationStage(props.view, serverNow(), query.at === 'change');
  const outcome = () => (query.at === 'result' ? lastOutcome(props.view) : undefined);
  return (
    <Switch fallback={<Overview view={props.view} stage={stage()} form={form} onGo={go} />}>
      <Match when={step() === 'asking'}>
        <Waiting />
      </Match>
      <Match when={step() === 'confirm'}>
        <Confirm
          view={props.view}
          typed={typedNow()}
          onSure={() => decide(true)}
          onBack={() => history.back()}
          number={number}
        />
      </Match>
      <Match when={stage() === 'asking'}>
        <Waiting />
        <Watch read={props.read} onAnswer={() => go('result', { replace: true })} />
      </Match>
      <Match when={outcome()}>
        {(ended) => (
          <Result view={props.view} outcome={ended()} sent={sent()} number={number} onGo={go} />
        )}
      </Match>
    </Switch>
  );
}

const askEveryMs = 3_000;

/** A question that went out from another page or before a reload: looks whether the answer is here. */
function Watch(props: { read: Read<VerificationView>; onAnswer(): void }) {
  onMount(() => {
    let isLeft = false;
    const timer = setInterval(async () => {
      await props.read.again();
      if (!isLeft && props.read.data()?.attempts[0]?.status !== 'asked') props.onAnswer();
    }, askEveryMs);
    onCleanup(() => {
      isLeft = true;
      clearInterval(timer);
    });
  });
  return <></>;
}
