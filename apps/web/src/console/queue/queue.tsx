import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { useNavigate, useSearchParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { formatTime } from '../../copy/format.ts';
import { createAction } from '../../ui/action.tsx';
import { FailureNote, Loading, Note } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { useAsked } from '../asked.ts';
import { tellCounts } from '../counts.tsx';
import { FailureBox } from '../failure.tsx';
import { useKeys } from '../keys.ts';
import { casePath } from '../paths.ts';
import { useRowKeys } from '../row-keys.ts';
import { useStaff } from '../session/staff.tsx';
import { FilterBar, Search, searchInputId } from './filter-bar.tsx';
import { type Filters, filtersIn, isFiltered, noFilter, questionOf } from './filters.ts';
import { queueCopy as copy } from './queue-copy.ts';
import { CaseTable, type CaseRow } from './table.tsx';

const pollMs = 10_000;

/** T-CON-02: the cases, due first. Filters stand in the address; what is searched for is personal and does not. */
export function Queue() {
  const staff = useStaff();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const filters = createMemo(() => filtersIn(params));
  const [found, setFound] = createSignal<readonly CaseRow[]>();
  const [isNoneLeft, setNoneLeft] = createSignal(false);

  const queue = useAsked(
    () => ['queue', filters()],
    async () => {
      const question = questionOf(filters(), staff.current()?.id ?? '', serverNow());
      const answer = await api.desk.queue.query(question);
      tellCounts(answer.counts);
      return answer;
    },
    { pollMs, staysShown: true },
  );
  const page = () => queue.data();
  const rows = (): readonly CaseRow[] => found() ?? page()?.rows ?? [];

  // The counts above lead here too.
  createEffect(on(filters, () => setFound(undefined), { defer: true }));
  const filter = (change: Partial<Record<keyof Filters, string>>) => {
    setFound(undefined);
    setParams({ cursor: undefined, ...change });
  };
  const act = createAction(
    (work: () => Promise<void>) => {
      setNoneLeft(false);
      return work();
    },
    {
      ...staff.on,
      otherwise(failure) {
        void queue.again();
        return failure;
      },
    },
  );
  const takeNext = () =>
    act.run(async () => {
      const taken = await api.desk.takeNext.mutate();
      if (taken === null) setNoneLeft(true);
      else navigate(casePath(taken.caseId));
    });
  const claim = ({ caseId }: CaseRow) =>
    act.run(async () => {
      await api.desk.take.mutate({ caseId });
      navigate(casePath(caseId));
    });
  const search = (typed: string) =>
    act.run(async () => {
      const answer = await api.desk.search.mutate({ search: typed });
      setFound(answer.rows);
    });

  const rowKeys = useRowKeys(rows);
  useKeys({
    title: () => copy().keys,
    keys: () => [
      { key: 'n', label: copy().takeNext, run: () => void takeNext() },
      { key: 'j', label: copy().down, run: () => rowKeys.move(1), repeats: true },
      { key: 'k', label: copy().up, run: () => rowKeys.move(-1), repeats: true },
      {
        key: 'Enter',
        label: copy().open,
        run: () => {
          const row = rowKeys.current();
          if (row !== undefined) navigate(casePath(row.caseId));
        },
      },
      {
        key: 'c',
        label: copy().claimRow,
        run: () => {
          const row = rowKeys.current();
          if (row?.status === 'waiting') void claim(row);
        },
      },
      {
        key: '/',
        label: copy().toSearch,
        run: () => document.getElementById(searchInputId)?.focus(),
      },
    ],
  });

  return (
    <Page title={copy().title} wide>
      <div class="row">
        <button
          type="button"
          class="btn"
          classList={{ spin: act.isBusy() }}
          aria-disabled={act.isBusy()}
          onClick={() => void takeNext()}
        >
          {copy().takeNext} <kbd aria-hidden="true">N</kbd>
        </button>
      </div>
      <div class="filters">
        <FilterBar filters={filters()} onFilter={filter} />
        <Search onSearch={(typed) => void search(typed)} />
      </div>
      <div role="status">
        <Show when={isNoneLeft()}>
          <Note>{copy().none}</Note>
        </Show>
        <Show when={found()}>
          {(list) => (
            <div class="note tight">
              <p>
                <b>{copy().found(list().length)}</b>
              </p>
              <p class="soft small">{copy().foundNote}</p>
              <button type="button" class="link" onClick={() => setFound(undefined)}>
                {copy().backToQueue}
              </button>
            </div>
          )}
        </Show>
      </div>
      <FailureBox of={act.failure()} />
      <Show when={queue.failure()}>
        {(failure) => (
          <>
            <FailureNote failure={failure()} onRetry={() => void queue.again()} />
            <Show when={page()}>
              <p class="soft">{copy().asOf(formatTime(queue.answeredAtMs()))}</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={rows().length > 0}>
        <CaseTable rows={rows()} onFocusRow={rowKeys.focused} onClaim={(row) => void claim(row)} />
      </Show>
      <Show when={(found() ?? page() ?? queue.failure()) === undefined}>
        <Loading />
      </Show>
      <Show when={found() === undefined && page()}>
        {(shown) => (
          <>
            <Show when={shown().rows.length === 0}>
              <Empty
                isFiltered={isFiltered(filters())}
                hasMore={shown().nextCursor !== null}
                onClear={() => filter(noFilter)}
              />
            </Show>
            <Pages
              isFirst={filters().cursor === undefined}
              next={shown().nextCursor}
              onPage={(cursor) => setParams({ cursor })}
            />
          </>
        )}
      </Show>
    </Page>
  );
}

function Empty(props: { isFiltered: boolean; hasMore: boolean; onClear(): void }) {
  const text = () => {
    if (props.hasMore) return copy().moreBelow;
    return props.isFiltered ? copy().emptyFiltered : copy().none;
  };
  return (
    <div class="empty tight">
      <p>{text()}</p>
      <Show when={props.isFiltered}>
        <button type="button" class="link" onClick={() => props.onClear()}>
          {copy().clear}
        </button>
      </Show>
    </div>
  );
}

function Pages(props: {
  isFirst: boolean;
  next: string | null;
  onPage(cursor: string | undefined): void;
}) {
  return (
    <nav class="row" aria-label={copy().pages}>
      <Show when={!props.isFirst}>
        <button type="button" class="btn plain" onClick={() => props.onPage(undefined)}>
          {copy().firstPage}
        </button>
      </Show>
      <Show when={props.next}>
        {(cursor) => (
          <button type="button" class="btn quiet" onClick={() => props.onPage(cursor())}>
            {copy().nextPage}
          </button>
        )}
      </Show>
      <span class="soft small">{copy().live}</span>
    </nav>
  );
}
