import { groupCaseNumber, shanghaiDate } from '@shiming/domain';
import { createSignal, For, type JSX, Match, Show, Suspense, Switch } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { formatDate, formatDay, formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { A } from '../router/router.tsx';
import { RecordNeeds } from '../records/needs.tsx';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Loading, Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { photoCheckCopy as copy } from './copy.ts';

/** Comes with the first press: most who read this find everything right. */
const Dispute = page(() => import('./dispute.tsx'), 'Dispute');

type View = NonNullable<Awaited<ReturnType<typeof api.photoCheck.view.query>>>;
export type Check = View['checks'][number];

/** S-REC-02: 图像校对. */
export function PhotoCheck() {
  useCompleteProfile();
  const view = createRead(async () => {
    const [checks, records] = await Promise.all([
      api.photoCheck.view.query(),
      api.records.view.query(),
    ]);
    return { checks, records };
  });
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <Page title={copy().title} lead={copy().lead} backTo="/account">
          <Show when={data().checks} fallback={<Note>{copy().notOffered}</Note>}>
            {(found) => (
              <Shown
                view={found()}
                needs={data().records?.needs ?? null}
                onChanged={() => view.again()}
              />
            )}
          </Show>
        </Page>
      )}
    </Reading>
  );
}

function Shown(props: {
  view: View;
  needs: 'verification' | 'consent' | null;
  onChanged(): Promise<void>;
}) {
  const ask = createAction(
    async () => {
      await api.records.refresh.mutate({ kind: 'photo_check' });
      await props.onChanged();
    },
    {
      ...useSignedIn(),
      'consent.required': () => props.onChanged(),
      'service.not_verified': () => props.onChanged(),
      'record.in_progress': () => props.onChanged(),
    },
  );
  const told = (): string | undefined => {
    const { outcome } = props.view;
    if (outcome === 'unreachable') return copy().unreachable;
    if (outcome === 'hidden') return copy().hidden;
    if (outcome === 'not_yet') return copy().notYet;
    if (outcome === 'not_found' || outcome === 'mismatched') return copy().notFound;
    return outcome === null ? copy().notAsked : undefined;
  };
  return (
    <>
      <Show when={props.needs}>
        {(needs) => <RecordNeeds needs={needs()} onChanged={() => props.onChanged()} />}
      </Show>
      <div role="status">
        <Show when={props.needs === null && told()}>
          {(text) => <Note tone={props.view.outcome === null ? 'info' : 'warn'}>{text()}</Note>}
        </Show>
      </div>
      <For each={props.view.checks}>
        {(check) => (
          <OneCheck
            check={check}
            takesOwnPhoto={props.view.takesOwnPhoto}
            onChanged={() => props.onChanged()}
          />
        )}
      </For>
      <For each={props.view.elsewhere}>
        {(answer) => (
          <section class="stack">
            <h2>{copy().open}</h2>
            <Answer answer={answer} onChanged={() => props.onChanged()} />
          </section>
        )}
      </For>
      <Show when={props.view.answeredAtMs}>
        {(atMs) => <p class="soft small">{copy().askedAt(formatInstant(atMs()))}</p>}
      </Show>
      <ActionFailure action={ask} />
      <Show when={props.needs === null}>
        <div class="row">
          <button
            type="button"
            class="btn quiet"
            classList={{ spin: ask.isBusy() }}
            aria-disabled={ask.isBusy()}
            onClick={() => void ask.run()}
          >
            {props.view.outcome === null ? copy().ask : copy().askAgain}
          </button>
        </div>
      </Show>
    </>
  );
}

function Photo(props: { base64: string | null; label: string; none: string }): JSX.Element {
  return (
    <figure class="tight">
      <figcaption>{props.label}</figcaption>
      <Show when={props.base64} fallback={<p class="soft">{props.none}</p>}>
        {(base64) => (
          <img
            src={`data:image/jpeg;base64,${base64()}`}
            alt={props.label}
            width="180"
            height="240"
          />
        )}
      </Show>
    </figure>
  );
}

function OneCheck(props: { check: Check; takesOwnPhoto: boolean; onChanged(): Promise<void> }) {
  const fields = () => props.check.fields;
  const last = () => props.check.answers[0];
  const isAnswered = () => last()?.isFinal === true;
  return (
    <section class="stack">
      <h2>
        <Foreign>{fields().school}</Foreign>
      </h2>
      <p>
        {copy().window(formatDate(props.check.opensOn), formatDate(props.check.closesOn))}{' '}
        <Show when={!props.check.isOpen}>
          {shanghaiDate(serverNow()) < props.check.opensOn ? copy().early : copy().late}
        </Show>
      </p>
      <div class="portraits">
        <Photo
          base64={props.check.photos.admission}
          label={copy().admission}
          none={copy().admissionNone}
        />
        <Photo
          base64={props.check.photos.graduation}
          label={copy().graduation}
          none={copy().graduationNone}
        />
      </div>
      <Facts
        rows={[
          { term: copy().studentNumber, value: fields().studentNumber },
          { term: copy().name, value: fields().name },
          { term: copy().documentNumber, value: fields().documentNumber },
          {
            term: copy().expected,
            value: fields().expectedGraduationOn && formatDate(fields().expectedGraduationOn ?? ''),
          },
        ]}
      />
      <div class="stack" role="status">
        <Show when={last()}>
          {(answer) => <Answer answer={answer()} onChanged={() => props.onChanged()} />}
        </Show>
      </div>
      <Show when={props.check.isOpen && !isAnswered()}>
        <Buttons
          check={props.check}
          takesOwnPhoto={props.takesOwnPhoto}
          onChanged={() => props.onChanged()}
        />
      </Show>
    </section>
  );
}

/** 【正确】 and 【有误】. */
function Buttons(props: { check: Check; takesOwnPhoto: boolean; onChanged(): Promise<void> }) {
  const [asked, setAsked] = createSignal<'right' | 'wrong'>();
  const again = () => props.onChanged();
  const confirm = createAction(
    async () => {
      await api.photoCheck.confirm.mutate({ recordId: props.check.recordId });
      await again();
    },
    {
      ...useSignedIn(),
      'photo_check.answered': again,
      'photo_check.closed': again,
      'consent.required': again,
      'request.stale': again,
    },
  );
  return (
    <>
      <Show
        when={asked() === 'wrong'}
        fallback={
          <div class="row">
            <Show when={props.check.photos.graduation !== null}>
              <button type="button" class="btn" onClick={() => setAsked('right')}>
                {copy().right}
              </button>
            </Show>
            <button type="button" class="btn quiet" onClick={() => setAsked('wrong')}>
              {copy().wrong}
            </button>
          </div>
        }
      >
        <Suspense fallback={<Loading />}>
          <Dispute
            check={props.check}
            takesOwnPhoto={props.takesOwnPhoto}
            onDone={async () => {
              await again();
              setAsked(undefined);
            }}
            onCancel={() => setAsked(undefined)}
          />
        </Suspense>
      </Show>
      <ActionFailure action={confirm} />
      <Show when={asked() === 'right'}>
        <Confirm
          title={copy().confirmTitle}
          action={confirm}
          confirm={copy().confirm}
          cancel={copy().cancel}
          onClose={() => setAsked(undefined)}
        >
          <ul>
            <For each={copy().confirmText}>{(line) => <li>{line}</li>}</For>
          </ul>
        </Confirm>
      </Show>
    </>
  );
}

function Answer(props: { answer: Check['answers'][number]; onChanged(): Promise<void> }) {
  const dispute = () => props.answer.dispute;
  const [isAsked, setAsked] = createSignal(false);
  const takeBack = createAction(
    async () => {
      await api.photoCheck.withdraw.mutate({ caseNumber: dispute()?.caseNumber ?? '' });
      await props.onChanged();
    },
    { ...useSignedIn(), 'request.stale': () => props.onChanged() },
  );
  const ended = () => {
    const of = dispute();
    if (of === null) return undefined;
    const words: Partial<Record<string, string>> = copy().answered;
    return words[`${of.status}_${of.report}`] ?? words[of.status];
  };
  return (
    <Switch>
      <Match when={props.answer.answer === 'correct'}>
        <Note tone="ok">{copy().saidRight(formatInstant(props.answer.answeredAtMs))}</Note>
        <Show
          when={props.answer.stars}
          fallback={<Stars recordId={props.answer.recordId} onChanged={() => props.onChanged()} />}
        >
          {(stars) => <p>{copy().rated(stars())}</p>}
        </Show>
      </Match>
      <Match when={ended()}>{(text) => <Note>{text()}</Note>}</Match>
      <Match when={dispute()}>
        {(open) => (
          <>
            <Note tone="warn">
              <p>{copy().disputed(groupCaseNumber(open().caseNumber))}</p>
              <Show
                when={open().pausedUntilMs}
                fallback={<p>{copy().due(formatDay((open().dueAtMs ?? 1) - 1))}</p>}
              >
                {(untilMs) => (
                  <p>
                    {copy().paused(formatInstant(untilMs()))}{' '}
                    <A href="/account/data">{copy().toConsents}</A>
                  </p>
                )}
              </Show>
            </Note>
            <ActionFailure action={takeBack} />
            <div class="row">
              <button type="button" class="btn plain" onClick={() => setAsked(true)}>
                {copy().takeBack}
              </button>
            </div>
            <Show when={isAsked()}>
              <Confirm
                title={copy().takeBackTitle}
                action={takeBack}
                confirm={copy().takeBack}
                cancel={copy().back}
                onClose={() => setAsked(false)}
              >
                <p>{copy().takeBackText}</p>
              </Confirm>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  );
}

/** S-REC-02a: 满意度, once. */
function Stars(props: { recordId: string; onChanged(): Promise<void> }) {
  const form = createForm({
    initial: { stars: '' },
    validate: ({ stars }) =>
      stars === '' ? { ok: false, fields: { stars: 'input.shape' } } : { ok: true },
    async submit({ stars }) {
      await api.photoCheck.rate.mutate({ recordId: props.recordId, stars: Number(stars) });
      await props.onChanged();
    },
    on: { ...useSignedIn(), 'request.stale': () => props.onChanged() },
  });
  return (
    <FormBody of={form} isPart submit={copy().sendStars}>
      <RadioCards
        field={form.field('stars')}
        label={copy().rate}
        options={copy().stars.map((label, at) => ({ value: String(at + 1), label }))}
      />
    </FormBody>
  );
}
