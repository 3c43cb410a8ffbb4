import {
  type AuthorisationAnswers,
  authorisationPurposes,
  type AuthorisationUses,
  authorisationUses,
  type DateAnswers,
  parseAuthorisation,
  severalUses,
  shanghaiDate,
} from '@shiming/domain';
import { For, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { typedBefore, useProved } from '../proof/with-proof.ts';
import { A, useLocation } from '../router/router.tsx';
import { authorisationPath, levelsPath } from '../session/next.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { DateParts } from '../ui/date-parts.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { TextField } from '../ui/text-field.tsx';
import { authorisationCopy as copy } from './copy.ts';
import { type Matter, MatterFacts } from './matter-facts.tsx';

type View = NonNullable<Awaited<ReturnType<typeof api.authorisation.view.query>>>;
type Last = NonNullable<View['last']>;

/** E-AUT-01: whether an office that asks about this person gets a yes, and which have asked. */
export function Authorisation() {
  useCompleteProfile();
  const view = createRead(() => api.authorisation.view.query());
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <Page title={copy().title} lead={copy().lead} backTo="/account">
          <Show when={data()} fallback={<Note>{copy().notOffered}</Note>}>
            {(found) => <Shown view={found()} onChanged={() => view.again()} />}
          </Show>
        </Page>
      )}
    </Reading>
  );
}

const isWaiting = ({ status }: Matter) => status === 'waiting';

function Shown(props: { view: View; onChanged(): Promise<void> }) {
  const open = () => (props.view.last?.isOpen === true ? props.view.last : undefined);
  const ended = () => {
    const { last } = props.view;
    if (last === null || last.isOpen) return undefined;
    return copy().ended[last.closedBy ?? 'last_day'];
  };
  return (
    <>
      <Matters
        title={copy().matter.list}
        matters={props.view.matters.filter(isWaiting)}
        mayAnswer={props.view.needsLevel === null && props.view.needsAge === null}
      />
      <p role="status">
        {copy().question}
        <b>{open() === undefined ? copy().off : copy().on}</b>
      </p>
      <Show
        when={open()}
        fallback={
          <>
            <Show when={ended()}>{(text) => <Note>{text()}</Note>}</Show>
            <Show
              when={props.view.needsLevel}
              fallback={
                <Show
                  when={props.view.needsAge}
                  fallback={<Terms days={props.view.days} onChanged={() => props.onChanged()} />}
                >
                  {(age) => <Note tone="warn">{copy().needsAge(age())}</Note>}
                </Show>
              }
            >
              {(level) => (
                <>
                  <Note tone="warn">{copy().needsLevel(level())}</Note>
                  <div class="row">
                    <A class="btn" href={levelsPath}>
                      {copy().toLevels}
                    </A>
                  </div>
                </>
              )}
            </Show>
          </>
        }
      >
        {(last) => <Open last={last()} onChanged={() => props.onChanged()} />}
      </Show>
      <section class="stack">
        <h2>{copy().questions}</h2>
        <ul>
          <For each={props.view.questions} fallback={<li class="soft">{copy().none}</li>}>
            {(each) => (
              <li>
                <Foreign>{copy().asked(each.office, copy().purposes[each.purpose])}</Foreign>
                <br />
                <b>{copy().answers[each.isYes ? 'yes' : 'no']}</b> · {formatInstant(each.atMs)}
                <br />
                <span class="soft small num" translate="no">
                  {copy().receipt(each.receipt)}
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
      <Matters
        title={copy().matter.past}
        matters={props.view.matters.filter((each) => !isWaiting(each))}
      />
    </>
  );
}

/** Matters that offices ask the person to confirm, or have asked; nothing where there are none. */
function Matters(props: { title: string; matters: readonly Matter[]; mayAnswer?: boolean }) {
  return (
    <Show when={props.matters.length > 0}>
      <section class="stack">
        <h2>{props.title}</h2>
        <For each={props.matters}>
          {(each) => (
            <div class="stack">
              <MatterFacts matter={each} />
              <Show
                when={props.mayAnswer}
                fallback={
                  <p>
                    <b>{copy().matter.statuses[each.status]}</b>
                    <Show when={each.endedAtMs}>{(ms) => <> · {formatInstant(ms())}</>}</Show>
                    <Show when={each.receipt}>
                      {(receipt) => (
                        <>
                          <br />
                          <span class="soft small num" translate="no">
                            {copy().receipt(receipt())}
                          </span>
                        </>
                      )}
                    </Show>
                  </p>
                }
              >
                <div class="row">
                  <A
                    class="btn"
                    href={`${authorisationPath}/matter?id=${each.id}`}
                    aria-label={copy().matter.seeOf(each.company)}
                  >
                    {copy().matter.see}
                  </A>
                </div>
              </Show>
            </div>
          )}
        </For>
      </section>
    </Show>
  );
}

/** What stands, and the one press that ends it (E-AUT-01a). */
function Open(props: { last: Last; onChanged(): Promise<void> }) {
  const close = createAction(
    async () => {
      await api.authorisation.close.mutate();
      await props.onChanged();
    },
    { ...useSignedIn(), 'request.stale': () => props.onChanged() },
  );
  return (
    <>
      <Note tone={props.last.used > 0 ? 'warn' : 'ok'}>
        <Show when={props.last.used > 0}>
          <p>{copy().advice}</p>
        </Show>
        <p>{copy().until(formatDate(props.last.lastDay))}</p>
      </Note>
      <Facts
        rows={[
          {
            term: copy().purposesTerm,
            value: props.last.purposes.map((each) => copy().purposes[each]).join('、'),
          },
          { term: copy().usedTerm, value: copy().used(props.last.used, props.last.usesAllowed) },
          { term: copy().openedTerm, value: formatInstant(props.last.openedAtMs) },
        ]}
      />
      <ActionFailure action={close} />
      <div class="row">
        <button
          type="button"
          class="btn"
          classList={{ spin: close.isBusy() }}
          aria-disabled={close.isBusy()}
          onClick={() => void close.run()}
        >
          {copy().close}
        </button>
      </div>
    </>
  );
}

type Typed = Record<(typeof authorisationPurposes)[number], boolean> & {
  lastDay: DateAnswers;
  uses: string;
  count: string;
};

const nothing: Typed = {
  establish: false,
  change: false,
  cancel: false,
  lastDay: { year: '', month: '', day: '' },
  uses: 'once',
  count: '',
};

function answersOf({ lastDay, uses, count, ...typed }: Typed): AuthorisationAnswers {
  const { year, month, day } = lastDay;
  const isEmpty = year === '' && month === '' && day === '';
  return {
    purposes: authorisationPurposes.filter((each) => typed[each]),
    lastDay: isEmpty ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    uses: uses as AuthorisationUses,
    count,
  };
}

/** For what, until when and how often. */
function Terms(props: { days: View['days']; onChanged(): Promise<void> }) {
  const location = useLocation();
  const form = createForm<Typed>({
    initial: (typedBefore(location.pathname) as Typed | undefined) ?? nothing,
    validate(typed) {
      const parsed = parseAuthorisation(answersOf(typed), shanghaiDate(serverNow()));
      if (parsed.ok) return parsed;
      const { purposes, ...fields } = parsed.fields;
      return {
        ok: false,
        fields: { ...(purposes === undefined ? {} : { establish: purposes }), ...fields },
      };
    },
    async submit(typed) {
      const { purposes, ...answers } = answersOf(typed);
      await api.authorisation.open.mutate({ ...answers, purposes: [...purposes] });
      await props.onChanged();
    },
    on: {
      ...useProved((sent: Typed) => sent),
      'authorisation.open': () => props.onChanged(),
      'service.not_verified': () => props.onChanged(),
    },
  });
  return (
    <FormBody of={form} isPart class="stack narrow" submit={copy().open}>
      <fieldset class="tight">
        <legend>{copy().purposesTitle}</legend>
        <For each={authorisationPurposes}>
          {(each) => <Checkbox field={form.field(each)} label={copy().purposes[each]} />}
        </For>
      </fieldset>
      <DateParts
        field={form.field('lastDay')}
        label={copy().lastDay}
        hint={copy().lastDayHint(formatDate(props.days.first), formatDate(props.days.last))}
      />
      <RadioCards
        field={form.field('uses')}
        label={copy().uses}
        options={authorisationUses.map((value) => ({ value, label: copy().usesOptions[value] }))}
      />
      <Show when={form.values.uses === 'several'}>
        <TextField
          field={form.field('count')}
          label={copy().count}
          hint={copy().countHint(severalUses.least, severalUses.most)}
          inputmode="numeric"
          numeric
        />
      </Show>
    </FormBody>
  );
}
