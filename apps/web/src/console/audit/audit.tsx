import { auditExportRows, parseAuditDays, shanghaiDate, shanghaiTime } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { A, useSearchParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { problemSentence } from '../../copy/failures.ts';
import { formatSecond } from '../../copy/format.ts';
import { createAction } from '../../ui/action.tsx';
import { Note } from '../../ui/blocks.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { downloadCsv } from '../download.ts';
import { actionInWords, auditWords, factInWords } from './action-names.ts';
import { auditCopy as copy } from './audit-copy.ts';
import { ChainCheck } from './chain-check.tsx';

type Found = Awaited<ReturnType<typeof api.auditTrail.search.mutate>>;
type Row = Found['rows'][number];
type Members = Awaited<ReturnType<typeof api.auditTrail.staff.query>>;

const names = ['accountId', 'actor', 'action', 'from', 'to', 'cursor'] as const;
type Query = Record<(typeof names)[number], string>;

/** T-CON-06: the audit, newest first. Filters stand in the address, but for the number of an account. */
export function Audit() {
  const [params, setParams] = useSearchParams();
  const query = (): Query =>
    Object.fromEntries(
      names.map((name) => {
        const value = params[name];
        return [name, typeof value === 'string' ? value : ''];
      }),
    ) as Query;
  const found = useAsked(
    () => ['audit', query()],
    () => api.auditTrail.search.mutate(query()),
    { isRecorded: true, staysShown: true },
  );
  const members = useMembers();
  const nameOf = (staffId: string) => members().find((member) => member.staffId === staffId)?.name;
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <Filters
        query={query()}
        members={members()}
        onFilter={(change) => setParams({ ...change, cursor: '' })}
      />
      <Reading read={found}>
        {(page) => (
          <>
            <Show
              when={page().rows.length > 0}
              fallback={<p>{page().nextCursor === null ? copy().empty : copy().moreBelow}</p>}
            >
              <Rows rows={page().rows} nameOf={nameOf} />
            </Show>
            <nav class="row" aria-label={copy().title}>
              <Export query={query()} nameOf={nameOf} />
              <Show when={query().cursor !== ''}>
                <button type="button" class="btn plain" onClick={() => setParams({ cursor: '' })}>
                  {copy().latest}
                </button>
              </Show>
              <Show when={page().nextCursor}>
                {(cursor) => (
                  <button
                    type="button"
                    class="btn plain"
                    onClick={() => setParams({ cursor: cursor() }, { scroll: true })}
                  >
                    {copy().earlier}
                  </button>
                )}
              </Show>
            </nav>
          </>
        )}
      </Reading>
      <ChainCheck />
    </Page>
  );
}

const isId = (text: string) => /^[\w-]{16}$/.test(text);

/** Whom of the staff the audit knows by name. */
function useMembers() {
  const staff = useAsked(
    () => ['audit', 'staff'],
    () => api.auditTrail.staff.query(),
  );
  return () => staff.data() ?? [];
}

const kinds = ['staff', 'applicant', 'system', 'anonymous'] as const;

function Filters(props: {
  query: Query;
  members: Members;
  onFilter(change: Partial<Query>): void;
}) {
  const staff = useStaff();
  const [said, setSaid] = createSignal<() => string>();
  /** The account that was typed: an id as it is, a number by asking. `null`: there is none. */
  const accountOf = async (typed: string): Promise<string | null> => {
    const search = typed.trim();
    if (search === '' || isId(search)) return search;
    const answer = await api.auditTrail.findAccount.mutate({ search });
    if (answer.outcome === 'found') return answer.accountId;
    const { outcome } = answer;
    setSaid(
      () => () =>
        ({ no_index: copy().noIndex, several: copy().several, none: copy().notFound })[outcome],
    );
    return null;
  };
  const filter = createAction(async (form: FormData) => {
    setSaid(undefined);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const from = text('from') || text('to');
    const to = text('to') || text('from');
    const days = parseAuditDays({ from, to });
    if (!days.ok) {
      setSaid(() => () => problemSentence(days.code));
      return;
    }
    const accountId = await accountOf(text('account'));
    if (accountId === null) return;
    props.onFilter({ accountId, actor: text('actor'), action: text('action'), from, to });
  }, staff.on);
  return (
    <>
      <form
        class="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void filter.run(new FormData(event.currentTarget));
        }}
      >
        <div>
          <label for="audit-account">{copy().account}</label>
          <input
            id="audit-account"
            name="account"
            type="text"
            placeholder={copy().accountHint}
            value={props.query.accountId}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <div>
          <label for="audit-actor">{copy().actor}</label>
          <select id="audit-actor" name="actor">
            <option value="">{copy().anybody}</option>
            <For each={kinds}>
              {(kind) => (
                <option value={kind} selected={props.query.actor === kind}>
                  {copy().kinds[kind]}
                </option>
              )}
            </For>
            <For each={props.members}>
              {({ staffId, name }) => (
                <option
                  value={`staff:${staffId}`}
                  selected={props.query.actor === `staff:${staffId}`}
                >
                  {name}
                </option>
              )}
            </For>
          </select>
        </div>
        <div>
          <label for="audit-action">{copy().action}</label>
          <input
            id="audit-action"
            name="action"
            type="text"
            list="audit-actions"
            placeholder={copy().actionHint}
            value={props.query.action}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
          />
          <datalist id="audit-actions">
            <For each={Object.entries(auditWords().actions)}>
              {([code, words]) => <option value={code}>{words}</option>}
            </For>
          </datalist>
        </div>
        <div>
          <label for="audit-from">{copy().from}</label>
          <input id="audit-from" name="from" type="date" value={props.query.from} />
        </div>
        <div>
          <label for="audit-to">{copy().to}</label>
          <input id="audit-to" name="to" type="date" value={props.query.to} />
        </div>
        <button type="submit" class="btn plain">
          {copy().view}
        </button>
        <A class="btn quiet" href="/audit">
          {copy().clear}
        </A>
      </form>
      <div role="status">
        <Show when={said()?.()}>{(sentence) => <Note tone="warn">{sentence()}</Note>}</Show>
      </div>
      <FailureBox of={filter.failure()} />
    </>
  );
}

function actorName({ kind, id, name }: Row['actor']): string {
  if (kind === 'staff') return name ?? id;
  if (kind === 'system') return copy().system(id);
  return kind === 'applicant' ? copy().applicant : copy().anonymous;
}

const factsOf = ({ facts }: Row) =>
  Object.entries(facts).filter(([, value]) => value !== '' && value !== null);

const columns = () => copy().columns;

type NameOf = (staffId: string) => string | undefined;

function Rows(props: { rows: readonly Row[]; nameOf: NameOf }) {
  return (
    <table class="list">
      <thead>
        <tr>
          <For each={Object.values(columns())}>{(name) => <th scope="col">{name}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr>
              <td data-name={columns().at}>{formatSecond(row.atMs)}</td>
              <td data-name={columns().actor}>
                <Foreign>{actorName(row.actor)}</Foreign>
              </td>
              <td data-name={columns().action}>
                <div>
                  <span title={row.action}>{actionInWords(row.action)}</span>
                  <Show when={factsOf(row).length > 0}>
                    <small>
                      <Foreign>
                        {factsOf(row)
                          .map((fact) => factInWords(fact, props.nameOf))
                          .join(' · ')}
                      </Foreign>
                    </small>
                  </Show>
                </div>
              </td>
              <td data-name={columns().account}>
                <Show when={row.accountId} fallback={<span class="soft">–</span>}>
                  {(id) => (
                    <A
                      class="mono small"
                      href={`/audit?accountId=${id()}`}
                      aria-label={copy().onlyThis(id())}
                    >
                      {id()}
                    </A>
                  )}
                </Show>
              </td>
              <td data-name={columns().request}>
                <span class="mono small">{row.requestId}</span>
              </td>
              <td data-name={columns().sealed}>
                {row.block === null ? copy().unsealed : copy().block(row.block)}
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** Everything that passes the filters as a file: what it shows in words, and the codes beside it. */
function Export(props: { query: Query; nameOf: NameOf }) {
  const staff = useStaff();
  const [isCut, setCut] = createSignal(false);
  const act = createAction(async () => {
    setCut(false);
    const rows: Row[] = [];
    let cursor: string | null = '';
    while (cursor !== null && rows.length < auditExportRows) {
      const query: Query = { ...props.query, cursor };
      const page: Found = await api.auditTrail.export.mutate(query);
      rows.push(...page.rows);
      cursor = page.nextCursor;
    }
    setCut(cursor !== null);
    downloadCsv(copy().file, [
      [...Object.values(columns()), copy().facts, copy().code],
      ...rows.map((row) => [
        `${shanghaiDate(row.atMs)} ${shanghaiTime(row.atMs)}:${String(Math.floor(row.atMs / 1000) % 60).padStart(2, '0')}`,
        actorName(row.actor),
        actionInWords(row.action),
        row.accountId,
        row.requestId,
        row.block,
        factsOf(row)
          .map((fact) => factInWords(fact, props.nameOf))
          .join('；'),
        row.action,
      ]),
    ]);
  }, staff.on);
  return (
    <>
      <button
        type="button"
        class="btn plain"
        classList={{ spin: act.isBusy() }}
        aria-disabled={act.isBusy()}
        onClick={() => void act.run()}
      >
        {copy().export}
      </button>
      <div role="status">
        <Show when={isCut()}>
          <Note tone="warn">{copy().exportCut(auditExportRows)}</Note>
        </Show>
      </div>
      <FailureBox of={act.failure()} />
    </>
  );
}
