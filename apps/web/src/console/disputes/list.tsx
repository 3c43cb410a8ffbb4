import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { Facts } from '../../ui/blocks.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAsked } from '../asked.ts';
import { CaseTable } from '../case-table.tsx';
import { FailureBox } from '../failure.tsx';
import { disputePath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { disputesCopy as copy } from './disputes-copy.ts';

type Confirmed = Awaited<ReturnType<typeof api.dispute.findConfirmed.mutate>>[number];
type Rows = Awaited<ReturnType<typeof api.dispute.search.mutate>>['rows'];

/** S-REC-03: the disputes of the own school that wait, a search among all of them, and how many there were. */
export function Disputes() {
  const staff = useStaff();
  const waiting = useAsked(
    () => ['disputes', 'queue'],
    () => api.dispute.queue.query(),
  );
  const statistics = useAsked(
    () => ['disputes', 'statistics'],
    () => api.dispute.statistics.query(),
  );
  const [found, setFound] = createSignal<Rows>();
  const form = createForm({
    initial: { search: '' },
    validate: () => ({ ok: true }),
    async submit({ search }) {
      const { rows } = await api.dispute.search.mutate({ search });
      setFound(rows);
    },
    on: staff.on,
  });
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <Reading read={waiting}>{(list) => <Table rows={list().rows} none={copy().none} />}</Reading>
      <section class="stack">
        <h2>{copy().search}</h2>
        <FormBody of={form} isPart class="stack narrow" submit={copy().search}>
          <TextField field={form.field('search')} label={copy().search} hint={copy().searchHint} />
        </FormBody>
        <div role="status">
          <Show when={found()}>{(rows) => <Table rows={rows()} none={copy().nothingFound} />}</Show>
        </div>
      </section>
      <Reopen />
      <section class="stack">
        <h2>{copy().statistics}</h2>
        <Reading read={statistics}>
          {(counts) => (
            <Facts
              rows={(['waiting', 'overdue', 'approved', 'rejected', 'withdrawn'] as const).map(
                (key) => ({ term: copy()[key], value: String(counts()[key]) }),
              )}
            />
          )}
        </Reading>
      </section>
    </Page>
  );
}

/** S-REC-02: a check that a student has answered with 【正确】 is opened again. */
function Reopen() {
  const staff = useStaff();
  const [found, setFound] = createSignal<readonly Confirmed[]>();
  const form = createForm({
    // The page has a field `search` already.
    initial: { number: '' },
    validate: () => ({ ok: true }),
    async submit({ number }) {
      setFound(await api.dispute.findConfirmed.mutate({ search: number }));
    },
    on: staff.on,
  });
  return (
    <section class="stack">
      <h2>{copy().reopenTitle}</h2>
      <FormBody of={form} isPart class="stack narrow" submit={copy().search}>
        <TextField field={form.field('number')} label={copy().number} hint={copy().numberHint} />
      </FormBody>
      <div class="stack" role="status">
        <Show when={found()}>
          {(rows) => (
            <For each={rows()} fallback={<p>{copy().noneConfirmed}</p>}>
              {(each) => <ConfirmedCheck check={each} />}
            </For>
          )}
        </Show>
      </div>
    </section>
  );
}

function ConfirmedCheck(props: { check: Confirmed }) {
  const [isDone, setDone] = createSignal(false);
  const reopen = createAction(async () => {
    await api.dispute.reopen.mutate({ answerId: props.check.answerId });
    setDone(true);
  }, useStaff().on);
  return (
    <>
      <p>{copy().confirmed(props.check.recordId, formatInstant(props.check.answeredAtMs))}</p>
      <FailureBox of={reopen.failure()} />
      <Show when={!isDone()} fallback={<p>{copy().reopened}</p>}>
        <div class="row">
          <ActionButton action={reopen}>{copy().reopen}</ActionButton>
        </div>
      </Show>
    </>
  );
}

const Table = (props: { rows: Rows; none: string }) => (
  <CaseTable
    rows={props.rows}
    none={props.none}
    columns={copy().columns}
    cells={{ name: (row) => <Foreign>{row.maskedName}</Foreign> }}
    path={disputePath}
  />
);
