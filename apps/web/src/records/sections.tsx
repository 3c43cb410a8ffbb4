import { maskNumber } from '@shiming/domain';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { api } from '../api.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { bilingual, usePortal } from '../portal.ts';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Reading } from '../ui/read.tsx';
import { Binding } from './binding.tsx';
import { recordsCopy as copy } from './copy.ts';
import { RecordNeeds } from './needs.tsx';

type View = NonNullable<Awaited<ReturnType<typeof api.records.view.query>>>;
type RecordView = View['sections'][number]['records'][number];
type Answer = NonNullable<RecordView['answer']>;
export type FoundRecord = Answer['records'][number];

/** T-PRO-07, S-REC-01a: the sections of records that the portal shows, each with its source and its time. */
export function RecordSections() {
  const view = createRead(async () => ({ records: await api.records.view.query() }));
  return (
    <Reading read={view}>
      {(data) => (
        <Show
          when={data().records}
          fallback={
            <For each={usePortal().records?.sections}>
              {({ name }) => (
                <section class="tight">
                  <h2>{bilingual(name)}</h2>
                  <p class="soft">{copy().notOffered}</p>
                </section>
              )}
            </For>
          }
        >
          {(shown) => <Shown view={shown()} onChanged={() => view.again()} />}
        </Show>
      )}
    </Reading>
  );
}

/** What the portal calls a section. */
function nameOf(id: string): string {
  const section = usePortal().records?.sections.find((each) => each.id === id);
  return section === undefined ? id : bilingual(section.name);
}

function Shown(props: { view: View; onChanged(): Promise<void> }) {
  const qualifications = () =>
    props.view.sections
      .flatMap(({ records }) => records)
      .find(({ kind }) => kind === 'qualification')?.answer?.records ?? [];
  /** The enrolments to which qualifications can be bound, where there are both. */
  const bindable = ({ kind, answer }: RecordView) =>
    kind === 'enrolment' && qualifications().length > 0 ? (answer?.records ?? []) : undefined;
  const mayAsk = () => props.view.needs === null && props.view.remainingToday > 0;
  return (
    <>
      <Switch
        fallback={
          <p class="soft">
            {props.view.remainingToday > 0
              ? copy().left(props.view.remainingToday, props.view.perDay)
              : copy().usedUp(props.view.perDay, formatInstant(props.view.resumesAtMs))}
          </p>
        }
      >
        <Match when={props.view.needs}>
          {(needs) => <RecordNeeds needs={needs()} onChanged={() => props.onChanged()} />}
        </Match>
      </Switch>
      <For each={props.view.sections}>
        {(section) => (
          <section class="stack">
            <h2>{nameOf(section.id)}</h2>
            <For each={section.records}>
              {(record) => (
                <>
                  <Show when={section.records.length > 1}>
                    <h3>{copy().kinds[record.kind]}</h3>
                  </Show>
                  <OneKind record={record} mayAsk={mayAsk()} onChanged={() => props.onChanged()} />
                  <Show when={usePortal().records?.bindsQualifications && bindable(record)}>
                    {(enrolled) => (
                      <For each={enrolled()}>
                        {(enrolment) => (
                          <Binding
                            enrolment={enrolment}
                            bound={record.bound[enrolment.id] ?? []}
                            qualifications={qualifications()}
                            onChanged={() => props.onChanged()}
                          />
                        )}
                      </For>
                    )}
                  </Show>
                </>
              )}
            </For>
          </section>
        )}
      </For>
    </>
  );
}

/** What is known of one kind, and the button that asks for it. */
function OneKind(props: { record: RecordView; mayAsk: boolean; onChanged(): Promise<void> }) {
  const kind = () => props.record.kind;
  const ask = createAction(
    async () => {
      await api.records.refresh.mutate({ kind: kind() });
      await props.onChanged();
    },
    {
      ...useSignedIn(),
      'consent.required': () => props.onChanged(),
      'service.not_verified': () => props.onChanged(),
      'record.in_progress': () => props.onChanged(),
    },
  );
  const isFirst = () => props.record.status === null;
  const button = () => (isFirst() ? copy().ask : copy().askAgain);
  const label = () =>
    isFirst() ? copy().askLabel(copy().kinds[kind()]) : copy().askAgainLabel(copy().kinds[kind()]);
  return (
    <>
      <div class="tight" role="status">
        <Switch>
          <Match when={isFirst()}>
            <p class="soft">{copy().never}</p>
          </Match>
          <Match when={props.record.status === 'asking'}>
            <p class="soft">{copy().asking}</p>
          </Match>
          <Match when={props.record.status === 'unreachable'}>
            <Note tone="warn">
              {copy().unreachable} {props.record.answer === null ? '' : copy().stillKnown}
            </Note>
          </Match>
        </Switch>
        <Show when={props.record.answer}>
          {(answer) => <Answered record={props.record} answer={answer()} />}
        </Show>
      </div>
      <ActionFailure action={ask} />
      <div class="row">
        <Show when={props.record.status === 'asking'}>
          <button type="button" class="btn plain" onClick={() => void props.onChanged()}>
            {copy().look}
          </button>
        </Show>
        <Show when={props.mayAsk && props.record.status !== 'asking'}>
          <button
            type="button"
            class="btn quiet"
            classList={{ spin: ask.isBusy() }}
            aria-disabled={ask.isBusy()}
            aria-label={label()}
            onClick={() => void ask.run()}
          >
            {button()}
          </button>
        </Show>
      </div>
    </>
  );
}

function Answered(props: { record: RecordView; answer: Answer }) {
  const all = () => props.answer.records;
  const isStudent = () => props.record.authority === 'student_record';
  return (
    <>
      <Switch>
        <Match when={props.answer.outcome === 'found'}>
          <For each={all()}>
            {(record, at) => (
              <>
                <Show when={all().length > 1}>
                  <p class="small">
                    <b>{copy().one(at() + 1, all().length)}</b>
                  </p>
                </Show>
                <Show when={isStudent() && record.differs.length > 0}>
                  <Note tone="warn">
                    <p>{copy().differs(record.differs.map((field) => copy().fields[field]))}</p>
                    <p>{copy().schoolFirst}</p>
                  </Note>
                </Show>
                <Facts rows={rowsOf(record.fields)} />
              </>
            )}
          </For>
        </Match>
        <Match when={props.answer.outcome === 'not_found'}>
          <NotFound record={props.record} />
        </Match>
        <Match when={props.answer.outcome === 'mismatched'}>
          <Note tone="warn">
            <p>{copy().mismatched}</p>
            <p>{isStudent() ? copy().schoolFirst : copy().issuerFirst}</p>
          </Note>
        </Match>
        <Match when={props.answer.outcome === 'not_yet' && props.answer.availableFrom}>
          {(day) => <Note>{copy().notYet(formatDate(day()))}</Note>}
        </Match>
        <Match when={props.answer.outcome === 'hidden'}>
          <Note tone="warn">{copy().hidden}</Note>
        </Match>
      </Switch>
      <p class="soft small">
        {copy().source(copy().authorities[props.record.authority])}
        <br />
        {copy().at(formatInstant(props.answer.atMs))}
      </p>
    </>
  );
}

function NotFound(props: { record: RecordView }) {
  const reasons = () =>
    props.record.authority === 'student_record' ? copy().studentReasons : copy().otherReasons;
  return (
    <Note>
      <p>
        <b>{copy().notFound[props.record.kind]}</b>
      </p>
      <p>{copy().allDocuments}</p>
      <ul>
        <For each={reasons()}>{(reason) => <li>{reason}</li>}</For>
      </ul>
    </Note>
  );
}

/** What a record says, dates as dates; numbers of documents are masked. */
function rowsOf(fields: Answer['records'][number]['fields']) {
  const terms: Record<string, string> = copy().fields;
  return Object.entries(fields).map(([field, value]): { term: string; value: JSX.Element } => {
    const said = field === 'documentNumber' ? maskNumber(value) : value;
    return {
      term: terms[field] ?? field,
      value: /^\d{4}-\d\d-\d\d$/.test(said) ? formatDate(said) : said,
    };
  });
}
