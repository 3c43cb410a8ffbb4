import { documentTypes, queueStatuses, reasonCodes, caseStages } from '@shiming/domain';
import { createMemo, createUniqueId, For, Show } from 'solid-js';
import { documents } from '../../copy/documents.ts';
import { api } from '../../api.ts';
import { useAsked } from '../asked.ts';
import { reasonNames } from '../reason-names.ts';
import { reviewWords } from '../review-words.ts';
import { useStaff } from '../session/staff.tsx';
import { dueFilters, type Filters } from './filters.ts';
import { queueCopy as copy } from './queue-copy.ts';

type OnFilter = (change: Partial<Record<keyof Filters, string>>) => void;

/** The filters, each a list of the browser: what is chosen stands in the address. */
export function FilterBar(props: { filters: Filters; onFilter: OnFilter }) {
  const staff = useStaff();
  const asked = useAsked(
    () => ['reviewers'],
    () => api.desk.reviewers.query(),
  );
  /** Oneself, the colleagues who decide now, and anybody else whom the address names. */
  const reviewers = createMemo(() => {
    const colleagues = (asked.data() ?? []).flatMap(({ staffId, name }) =>
      staffId === staff.current()?.id ? [] : [[staffId, name] as const],
    );
    const { reviewer = 'me' } = props.filters;
    const isKnown = reviewer === 'me' || colleagues.some(([staffId]) => staffId === reviewer);
    return [
      ['me', copy().me] as const,
      ...colleagues,
      ...(isKnown ? [] : [[reviewer, reviewer] as const]),
    ];
  });
  return (
    <>
      <Choice
        label={copy().status}
        value={props.filters.status ?? 'waiting'}
        options={queueStatuses.map((status) => [status, reviewWords().statuses[status]])}
        onChoose={(status) => props.onFilter({ status: status === 'waiting' ? '' : status })}
      />
      <Choice
        label={copy().stage}
        any={copy().anyStage}
        value={props.filters.stage}
        options={caseStages.map((stage) => [stage, reviewWords().stages[stage]])}
        onChoose={(stage) => props.onFilter({ stage })}
      />
      <Choice
        label={copy().type}
        any={copy().anyType}
        value={props.filters.type}
        options={documentTypes.map((type) => [type, documents().types[type]])}
        onChoose={(type) => props.onFilter({ type })}
      />
      <Choice
        label={copy().due}
        any={copy().anyDue}
        value={props.filters.due}
        options={dueFilters.map((due) => [due, copy().dues[due]])}
        onChoose={(due) => props.onFilter({ due })}
      />
      <Choice
        label={copy().reason}
        any={copy().anyReason}
        value={props.filters.reason}
        options={reasonCodes.map((code) => [code, reasonNames()[code]])}
        onChoose={(reason) => props.onFilter({ reason })}
      />
      <Choice
        label={copy().reviewer}
        any={copy().anyReviewer}
        value={props.filters.reviewer}
        options={reviewers()}
        onChoose={(reviewer) => props.onFilter({ reviewer })}
      />
    </>
  );
}

function Choice(props: {
  label: string;
  /** What stands for no choice. */
  any?: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  onChoose(value: string): void;
}) {
  const id = createUniqueId();
  return (
    <div>
      <label for={id}>{props.label}</label>
      <select id={id} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <Show when={props.any}>
          <option value="" selected={props.value === undefined}>
            {props.any}
          </option>
        </Show>
        <For each={props.options}>
          {([value, label]) => (
            <option value={value} selected={props.value === value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}

export const searchInputId = 'queue-search';

/** Whole numbers and names. In memory only: neither the address nor this browser keeps them. */
export function Search(props: { onSearch(typed: string): void }) {
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('search');
        if (typeof typed === 'string' && typed.trim() !== '') props.onSearch(typed);
      }}
    >
      <div>
        <label for={searchInputId}>{copy().searchLabel}</label>
        <input
          id={searchInputId}
          name="search"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxlength={100}
        />
      </div>
      <button type="submit" class="btn plain">
        {copy().searchNow} <kbd aria-hidden="true">/</kbd>
      </button>
    </form>
  );
}
