import { cleanText } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatInstant } from '../../copy/format.ts';
import { createForm, type Problems } from '../../form/create-form.ts';
import { createAction } from '../../ui/action.tsx';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { agencyCopy as copy } from './agency-copy.ts';

type Slip = Awaited<ReturnType<typeof api.agency.handOver.mutate>>;
type Row = Awaited<ReturnType<typeof api.agency.list.query>>[number];

/** S-REG-09: first passwords for people without a mobile number, and those that the own agency has handed over. */
export function Agency() {
  const staff = useStaff();
  const [slip, setSlip] = createSignal<Slip>();
  const [found, setFound] = createSignal<readonly Row[]>();
  const made = useAsked(
    () => ['agency'],
    () => api.agency.list.query(),
  );
  const search = createForm({
    initial: { search: '' },
    validate: () => ({ ok: true }),
    async submit(typed) {
      setFound(await api.agency.find.mutate(typed));
    },
    on: staff.on,
  });
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <Show when={slip()} fallback={<New onMade={setSlip} />} keyed>
        {(shown) => <SlipCard slip={shown} onDone={() => setSlip(undefined)} />}
      </Show>
      <section class="stack no-print">
        <h2>{copy().list}</h2>
        <Reading read={made}>{(rows) => <Table rows={rows()} none={copy().none} />}</Reading>
      </section>
      <section class="stack no-print">
        <h2>{copy().search}</h2>
        <FormBody of={search} class="stack narrow" submit={copy().search} isPart>
          <TextField
            field={search.field('search')}
            label={copy().searchLabel}
            hint={copy().searchHint}
          />
        </FormBody>
        <div role="status">
          <Show when={found()}>
            {(rows) => (
              <Table
                rows={rows()}
                none={copy().nothingFound}
                onRevoked={() => setFound(undefined)}
              />
            )}
          </Show>
        </div>
      </section>
    </Page>
  );
}

function New(props: { onMade(slip: Slip): void }) {
  const staff = useStaff();
  const form = createForm({
    initial: { name: '', number: '', hasSeenCard: false },
    validate: ({ name, number, hasSeenCard }) => {
      const fields: Problems = {
        ...(cleanText(name) === '' ? { name: 'name.missing' as const } : {}),
        ...(cleanText(number) === '' ? { number: 'document_number.missing' as const } : {}),
        ...(hasSeenCard ? {} : { hasSeenCard: 'card_seen.missing' as const }),
      };
      return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
    },
    async submit(typed) {
      props.onMade(await api.agency.handOver.mutate(typed));
      await askAgain('agency');
    },
    on: staff.on,
  });
  return (
    <FormBody of={form} class="stack narrow" submit={copy().make} isPart>
      <TextField field={form.field('name')} label={copy().name} />
      <TextField field={form.field('number')} label={copy().number} numeric />
      <Checkbox field={form.field('hasSeenCard')} label={copy().hasSeenCard} />
    </FormBody>
  );
}

/** What is printed and sealed in an envelope. On the screen the first password is hidden until it is asked for. */
function SlipCard(props: { slip: Slip; onDone(): void }) {
  const [isShown, setShown] = createSignal(false);
  return (
    <section class="card stack slip">
      <h2 tabindex="-1" ref={(title) => queueMicrotask(() => title.focus())}>
        {copy().slipTitle}
      </h2>
      <div class="no-print">
        <Note tone="warn">{copy().slipOnce}</Note>
      </div>
      <Facts
        rows={[
          { term: copy().name, value: <Foreign>{props.slip.name}</Foreign> },
          { term: copy().number, value: <Num>{props.slip.maskedNumber}</Num> },
          {
            term: copy().firstPassword,
            value: (
              <Show
                when={isShown()}
                fallback={
                  <>
                    <span class="no-print">{copy().hidden}</span>
                    <span class="print-only">
                      <Num strong>{props.slip.firstPassword}</Num>
                    </span>
                  </>
                }
              >
                <Num strong>{props.slip.firstPassword}</Num>
              </Show>
            ),
          },
          { term: copy().until, value: formatInstant(props.slip.endsAtMs) },
          { term: copy().address, value: props.slip.address },
        ]}
      />
      <ol>
        <For each={copy().steps}>{(step) => <li>{step}</li>}</For>
      </ol>
      <div class="row">
        <button type="button" class="btn" onClick={() => print()}>
          {copy().print}
        </button>
        <button type="button" class="btn plain" onClick={() => props.onDone()}>
          {copy().done}
        </button>
        <Show when={!isShown()}>
          <button type="button" class="btn plain" onClick={() => setShown(true)}>
            {copy().show}
          </button>
        </Show>
      </div>
    </section>
  );
}

function Table(props: { rows: readonly Row[]; none: string; onRevoked?(): void }) {
  return (
    <Show when={props.rows.length > 0} fallback={<p>{props.none}</p>}>
      <table class="list">
        <thead>
          <tr>
            <For each={Object.values(copy().columns)}>{(name) => <th scope="col">{name}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <td data-name={copy().columns.name}>
                  <Foreign>{row.maskedName}</Foreign>
                </td>
                <td data-name={copy().columns.number}>
                  <Num>{row.maskedNumber}</Num>
                </td>
                <td data-name={copy().columns.createdAt}>{formatInstant(row.createdAtMs)}</td>
                <td data-name={copy().columns.state}>
                  <div>
                    {copy().states[row.state]}
                    <Show when={whenOf(row)}>
                      {(when) => <small class="soft"> {when()}</small>}
                    </Show>
                  </div>
                </td>
                <td data-name={copy().columns.act}>
                  <Show when={row.state === 'open'}>
                    <Revoke row={row} onDone={() => props.onRevoked?.()} />
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}

/** Until when a first password works, or when it was used. */
function whenOf({ state, endsAtMs, usedAtMs }: Row): string | undefined {
  if (state === 'open' && endsAtMs !== null) return copy().endsAt(formatInstant(endsAtMs));
  return usedAtMs === null ? undefined : copy().usedAt(formatInstant(usedAtMs));
}

function Revoke(props: { row: Row; onDone(): void }) {
  const { handoverId, maskedName } = props.row;
  const revoke = createAction(async () => {
    await api.agency.revoke.mutate({ handoverId });
    props.onDone();
    await askAgain('agency');
  }, useStaff().on);
  return (
    <>
      <button
        type="button"
        class="btn plain"
        aria-label={copy().revokeOf(maskedName)}
        aria-disabled={revoke.isBusy()}
        onClick={() => void revoke.run()}
      >
        {copy().revoke}
      </button>
      <FailureBox of={revoke.failure()} />
    </>
  );
}
