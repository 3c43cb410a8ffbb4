import {
  isMaskedField,
  profileField,
  type ProfileField,
  profileFieldIds,
  type RevealItem,
  type CaseFlag,
  type CaseReason,
  type Proved,
  shanghaiDate,
} from '@shiming/domain';
import { For, type JSX, Show } from 'solid-js';
import { fieldText } from '../../shared/field-text.ts';
import { rowsCopy } from '../../shared/identity-rows.ts';
import { documents, validityLine } from '../../copy/documents.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { levelName } from '../../copy/levels.ts';
import { bilingual } from '../../portal.ts';
import { reasonNames } from '../reason-names.ts';
import type { CaseView } from './ahead.ts';
import { caseCopy as copy } from './case-copy.ts';
import type { Desk } from './desk.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { Num } from '../../ui/blocks.tsx';

type Row = { term: JSX.Element; value: JSX.Element; isNumber?: boolean };

function Rows(props: { rows: readonly (Row | null | undefined | false | '')[] }) {
  return (
    <dl class="kv">
      <For each={props.rows}>
        {(row) =>
          row && (
            <div>
              <dt>{row.term}</dt>
              <dd classList={{ num: row.isNumber === true }}>{row.value}</dd>
            </div>
          )
        }
      </For>
    </dl>
  );
}

/** Month and day in Shanghai. */
const dayOf = (ms: number) => shanghaiDate(ms).slice(5);

/** Reasons in a few words, for a line about an earlier decision. */
const reasonsLine = (reasons: readonly CaseReason[]): string =>
  reasons.map(({ item, code }) => `${copy().items[item]} ${reasonNames()[code]}`).join('；');

/** The last time the person was refused, or asked for something again. */
export function lastReasons({ decisions, previous }: CaseView): string | undefined {
  const all = [...previous.flatMap((each) => each.decisions), ...decisions];
  const last = all
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((one, other) => one.decidedAtMs - other.decidedAtMs)
    .at(-1);
  return last && reasonsLine(last.reasons);
}

/** The last day on which what was proved holds; `null`: it has none. */
const untilOf = ({ untilMs }: Proved) => (untilMs === null ? null : formatDay(untilMs - 1));

/** What stands behind a flag: the other value. */
function flagDetail(flag: CaseFlag, { account }: CaseView): string | undefined {
  if (flag === 'name_changed') return copy().onAccount(account.name);
  if (flag === 'validity_changed') return copy().onAccount(validityLine(account.validity));
  return undefined;
}

/** What some numbers say, and the person does where theirs does not. */
const isStatedApart = (field: ProfileField) => profileField(field).notOfNumber !== undefined;

const stated = (field: ProfileField, value: string, age: number | null) =>
  field === 'birthDate' ? copy().birthOf(value, age) : fieldText(field, value);

/** What the person typed, what follows from it, and what others said of it. */
export function CaseFacts(props: { view: CaseView; desk: Desk }) {
  const view = () => props.view;
  const masked = (item: RevealItem, text: string) => (
    <Show
      when={props.desk.revealed()?.[item]}
      fallback={
        <>
          {text}{' '}
          <button type="button" class="link small" onClick={() => void props.desk.reveal()}>
            {copy().show}
          </button>
        </>
      }
    >
      {(value) => <mark class="revealed">{value()}</mark>}
    </Show>
  );
  const term = () => {
    const stated = view().stated.validity;
    return stated ? documents().terms[stated.term] : documents().noValidity;
  };
  const profile = () => view().profile;
  const isOfNumber = (field: ProfileField) =>
    (field === 'sex' || field === 'birthDate') && view().derived[field] !== null;
  const profileRow = (field: ProfileField, value: string) => {
    const label = bilingual(profileField(field).label);
    const isMasked = isMaskedField(field);
    return {
      term: isStatedApart(field) ? copy().asTyped(label) : label,
      value: isMasked ? masked(field, value) : stated(field, value, view().derived.age),
      isNumber: isMasked,
    };
  };
  return (
    <>
      <section>
        <h2>{copy().stated}</h2>
        <Rows
          rows={[
            { term: copy().documentType, value: documents().types[view().account.documentType] },
            {
              term: copy().name,
              value: (
                <b>
                  <Foreign>{view().stated.name}</Foreign>
                </b>
              ),
            },
            {
              term: copy().number,
              value: masked('number', view().account.maskedNumber),
              isNumber: true,
            },
            { term: copy().validity, value: validityLine(view().stated.validity), isNumber: true },
            { term: copy().term, value: term() },
            ...profileFieldIds.map((field) => {
              const value = profile()?.[field];
              return value && !isOfNumber(field) && profileRow(field, value);
            }),
          ]}
        />
      </section>
      <Derived view={view()} />
      <section>
        <h2>{copy().flagsTitle}</h2>
        <Show when={view().flags.length > 0} fallback={<p class="fits">{copy().noFlags}</p>}>
          <ul class="flags">
            <For each={view().flags}>
              {(flag) => (
                <li>
                  {copy().flags[flag]}
                  <Show when={flagDetail(flag, view())}>
                    {(detail) => <span class="soft">{detail()}</span>}
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
      <section>
        <h2>{copy().authority}</h2>
        <Show when={view().account.proved}>
          {(proved) => (
            <p class="small">
              {levelName(view().account.level, proved().by === 'review')}，
              {copy().holds(formatDay(proved().atMs), untilOf(proved()))}
            </p>
          )}
        </Show>
        <Show
          when={view().authority.length > 0}
          fallback={<p class="soft small">{copy().authorityNone}</p>}
        >
          <Rows
            rows={view().authority.map(({ askedAtMs, status }) => ({
              term: (
                <span class="num" title={formatInstant(askedAtMs)}>
                  {dayOf(askedAtMs)}
                </span>
              ),
              value: copy().authorityStatuses[status],
            }))}
          />
        </Show>
      </section>
      <History view={view()} />
      <section>
        <h2>{copy().reason}</h2>
        <p class="quote">
          <Foreign>{view().reason}</Foreign>
        </p>
        <p class="soft small">{copy().channels[view().channel]}</p>
      </section>
    </>
  );
}

function Derived(props: { view: CaseView }) {
  const derived = () => props.view.derived;
  const ageLine = () => {
    const { ageAtStart, usualTerms } = derived();
    const stated = props.view.stated.validity?.term;
    if (ageAtStart === null || usualTerms.length === 0 || !stated) return undefined;
    const { terms } = documents();
    const usual = usualTerms.map((each) => terms[each]).join(copy().or);
    return usualTerms.includes(stated)
      ? { fits: true, text: copy().termFits(ageAtStart, terms[stated]) }
      : { fits: false, text: copy().termUnusual(ageAtStart, terms[stated], usual) };
  };
  const sexAndBirth = () => {
    const { sex, birthDate, age } = derived();
    return sex !== null && birthDate !== null
      ? copy().sexAndBirthOf(documents().sexes[sex], birthDate, age)
      : undefined;
  };
  const region = () => {
    const { region: whose, province } = derived();
    return whose === null ? province && bilingual(province) : rowsCopy().regions[whose];
  };
  return (
    <section>
      <h2>{copy().derived}</h2>
      <Show
        when={sexAndBirth() ?? region()}
        fallback={<p class="soft small">{copy().derivedNone}</p>}
      >
        <Rows
          rows={[
            sexAndBirth() && { term: copy().sexAndBirth, value: sexAndBirth() },
            region() && {
              term: derived().region === null ? copy().firstRegistered : copy().region,
              value: region(),
            },
          ]}
        />
      </Show>
      <Show when={ageLine()}>
        {(line) => <p class={line().fits ? 'fits' : 'flag'}>{line().text}</p>}
      </Show>
    </section>
  );
}

/** Earlier requests of the person, and what was decided on this one as far as it may be known. */
function History(props: { view: CaseView }) {
  const own = () => props.view.decisions;
  const previous = () => props.view.previous;
  return (
    <section>
      <h2>{copy().previous}</h2>
      <Show when={previous().length > 0} fallback={<p class="soft small">{copy().previousNone}</p>}>
        <ul class="past">
          <For each={previous()}>
            {(each) => (
              <li>
                <Num>{each.submittedAtMs && dayOf(each.submittedAtMs)}</Num>{' '}
                {copy().statuses[each.status]}
                <For each={each.decisions}>
                  {({ reasons }) => (
                    <Show when={reasons.length > 0}>
                      <span class="soft">{reasonsLine(reasons)}</span>
                    </Show>
                  )}
                </For>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={own().length > 0}>
        <h3>{copy().colleagues}</h3>
        <ul class="past">
          <For each={own()}>
            {({ stage, byName, isOwn, outcome, reasons }) => (
              <li>
                {copy().outcomes[outcome]}
                <span class="soft">
                  {copy().decidedBy(copy().stages[stage], isOwn ? copy().self : byName)}
                </span>
                <Show when={reasons.length > 0}>
                  <span class="soft">{reasonsLine(reasons)}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
