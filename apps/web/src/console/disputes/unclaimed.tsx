import { groupCaseNumber } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatDay } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { Note } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { useStaff } from '../session/staff.tsx';
import { disputesCopy as copy } from './disputes-copy.ts';

type View = Awaited<ReturnType<typeof api.dispute.unclaimed.query>>;

/** T-CON-02: the disputes that nobody may take, for administrators: they invite somebody, or give one to another school. */
export function UnclaimedDisputes() {
  /** One form at a time: its fields have the page's only ids. */
  const [asked, setAsked] = createSignal<string>();
  const read = useAsked(
    () => ['disputes', 'unclaimed'],
    () => api.dispute.unclaimed.query(),
  );
  return (
    <Reading read={read} title={copy().unclaimedTitle}>
      {(view) => (
        <Page title={copy().unclaimedTitle} lead={copy().unclaimedLead} backTo="/staff">
          <For each={view().rows} fallback={<p>{copy().unclaimedNone}</p>}>
            {(row) => (
              <Unclaimed
                row={row}
                schools={view().schools}
                isAsked={asked() === row.caseId}
                onAsk={() => setAsked(row.caseId)}
                onChange={read.again}
              />
            )}
          </For>
        </Page>
      )}
    </Reading>
  );
}

function Unclaimed(props: {
  row: View['rows'][number];
  schools: View['schools'];
  isAsked: boolean;
  onAsk(): void;
  onChange(): Promise<unknown>;
}) {
  const { caseId } = props.row;
  const others = () => props.schools.filter((scope) => scope !== props.row.scope);
  const form = createForm({
    initial: { scope: '' },
    validate: ({ scope }) =>
      scope === '' ? { ok: false, fields: { scope: 'input.shape' } } : { ok: true },
    async submit({ scope }) {
      await api.dispute.assign.mutate({ caseId, scope });
      await props.onChange();
    },
    on: useStaff().on,
  });
  return (
    <section class="stack narrow">
      <h2>
        <Foreign>{props.row.school}</Foreign>
      </h2>
      <p>
        {copy().unclaimedRow(
          groupCaseNumber(props.row.caseNumber),
          props.row.scope,
          formatDay(props.row.dueAtMs - 1),
        )}
      </p>
      <Show
        when={props.isAsked}
        fallback={
          <div class="row">
            <button type="button" class="btn plain" onClick={() => props.onAsk()}>
              {copy().unclaimedGive}
            </button>
          </div>
        }
      >
        <Note tone="warn">{copy().unclaimedWarning}</Note>
        <Show when={others().length > 0} fallback={<p>{copy().unclaimedNoSchool}</p>}>
          <FormBody of={form} isPart class="stack" submit={copy().unclaimedGive}>
            <RadioCards
              field={form.field('scope')}
              label={copy().unclaimedTo}
              options={others().map((value) => ({ value, label: value }))}
            />
          </FormBody>
        </Show>
      </Show>
    </section>
  );
}
