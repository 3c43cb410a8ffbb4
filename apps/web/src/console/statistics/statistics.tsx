import {
  type CaseKind,
  caseKinds,
  type DayRange,
  itemsOfReason,
  lastDays,
  parseDayRange,
  type ReasonCode,
  reasonText,
  caseOutcomes,
  type Statistics as Data,
} from '@shiming/domain';
import { For, Show } from 'solid-js';
import { useSearchParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { formatDate, formatInstant } from '../../copy/format.ts';
import { formatDuration } from '../../copy/spans.ts';
import { bilingual } from '../../portal.ts';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { caseCopy } from '../case/case-copy.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { Bars, Columns } from './chart.tsx';
import { statisticsCopy as copy } from './statistics-copy.ts';
import './statistics.css';

const presets = [1, 7, 30, 92] as const;

/** T-CON-07. The days stand in the address. */
export function Statistics() {
  const [params, setParams] = useSearchParams<{ from?: string; to?: string; kind?: string }>();
  const range = () => {
    const week = lastDays(7, serverNow());
    return { from: params.from ?? week.from, to: params.to ?? week.to };
  };
  const kind = () => caseKinds.find((known) => known === params.kind) ?? 'manual_review';
  const problem = () => {
    const parsed = parseDayRange(range());
    return parsed.ok ? undefined : parsed.code;
  };
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <div class="filters">
        <div class="presets" role="group" aria-label={copy().kind}>
          <For each={caseKinds}>
            {(each) => (
              <button
                type="button"
                class="btn plain"
                aria-pressed={each === kind()}
                onClick={() => setParams({ kind: each })}
              >
                {copy().kinds[each]}
              </button>
            )}
          </For>
        </div>
        <div class="presets" role="group" aria-label={copy().presets}>
          <For each={presets}>
            {(days) => {
              const preset = () => lastDays(days, serverNow());
              return (
                <button
                  type="button"
                  class="btn plain"
                  aria-pressed={preset().from === range().from && preset().to === range().to}
                  onClick={() => setParams(preset())}
                >
                  {copy().last(days)}
                </button>
              );
            }}
          </For>
        </div>
        <form
          class="search days"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const day = (name: string) => {
              const value = form.get(name);
              return typeof value === 'string' ? value : '';
            };
            setParams({ from: day('from'), to: day('to') });
          }}
        >
          <div>
            <label for="from">{copy().from}</label>
            <input id="from" name="from" type="date" value={range().from} />
          </div>
          <div>
            <label for="to">{copy().to}</label>
            <input id="to" name="to" type="date" value={range().to} />
          </div>
          <button type="submit" class="btn plain">
            {copy().view}
          </button>
        </form>
      </div>
      <Show when={problem()} fallback={<Answer asked={{ ...range(), kind: kind() }} />}>
        {(code) => <FailureBox of={code()} />}
      </Show>
    </Page>
  );
}

function Answer(props: { asked: DayRange & { kind: CaseKind } }) {
  const statistics = useAsked(
    () => ['statistics', props.asked],
    () => api.statistics.view.query(props.asked),
  );
  return <Reading read={statistics}>{(data) => <Parts data={data()} />}</Reading>;
}

const share = (part: number, of: number): string =>
  of === 0 ? copy().none : copy().percent(((part / of) * 100).toFixed(1));
const duration = (ms: number | null): string => (ms === null ? copy().none : formatDuration(ms));

/** What a reason says, without the item where it may be any. */
function reasonName(code: ReasonCode): string {
  const items = itemsOfReason(code);
  const [item = 'a'] = items;
  const text = bilingual(reasonText({ code, item }).wrong);
  return items.length === 1 ? `${caseCopy().items[item]}：${text}` : text;
}

function Parts(props: { data: Data }) {
  const rows = () =>
    props.data.days.map((day) => {
      const { date, approved, rejected, givenUp } = day;
      const closed = approved + rejected + givenUp;
      return [date, day.in, closed, approved, rejected, givenUp] as const;
    });
  const isQuiet = () => rows().every(([, received, closed]) => received + closed === 0);
  const file = (name: string) => `${name}-${props.data.range.from}-${props.data.range.to}`;
  return (
    <>
      <Tiles data={props.data} />
      <Columns
        figures={{
          title: copy().flow,
          file: file('flow'),
          columns: copy().flowColumns,
          rows: isQuiet() ? [] : rows(),
        }}
        drawn={[1, 2]}
      />
      <Columns
        figures={{
          title: copy().backlog,
          file: file('backlog'),
          note: copy().backlogNote,
          columns: copy().backlogColumns,
          rows: props.data.days.map(({ date, backlog }) => [date, backlog]),
        }}
        drawn={[1]}
      />
      <div class="chart-pair">
        <Bars
          figures={{
            title: copy().due,
            file: file('due'),
            note: copy().dueNote,
            columns: copy().dueColumns,
            rows: props.data.now.due.map(({ date, count }) => [formatDate(date), count]),
          }}
          drawn={1}
        />
        <Bars
          figures={{
            title: copy().decisions,
            file: file('decisions'),
            columns: copy().decisionsColumns,
            rows: caseOutcomes.map((outcome) => [
              caseCopy().outcomes[outcome],
              props.data.decisions[outcome],
            ]),
          }}
          drawn={1}
        />
      </div>
      <Bars
        figures={{
          title: copy().reasons,
          file: file('reasons'),
          note: copy().reasonsNote,
          columns: copy().reasonsColumns,
          rows: props.data.reasons.map(({ code, count }) => [reasonName(code), count]),
        }}
        drawn={1}
      />
      <Reviewers data={props.data} file={file('reviewers')} />
    </>
  );
}

function Tiles(props: { data: Data }) {
  return (
    <>
      <section class="tight">
        <h2>{copy().now}</h2>
        <dl class="tiles">
          <Tile name={copy().waiting} value={String(props.data.now.waiting)} />
          <Tile name={copy().overdue} value={String(props.data.now.overdue)} />
          <Tile name={copy().returned} value={String(props.data.now.returned)} />
        </dl>
        <p class="soft small">{copy().atTime(formatInstant(props.data.atMs))}</p>
      </section>
      <section class="tight">
        <h2>{copy().inRange}</h2>
        <dl class="tiles">
          <Tile
            name={copy().inTime}
            value={share(props.data.inTime.inTime, props.data.inTime.ended)}
            note={copy().ofEnded(props.data.inTime.inTime, props.data.inTime.ended)}
          />
          <Tile
            name={copy().median}
            value={duration(props.data.handling.medianMs)}
            note={copy().ofDecisions(props.data.handling.count)}
          />
          <Tile name={copy().p95} value={duration(props.data.handling.p95Ms)} />
          <Tile
            name={copy().disagreement}
            value={share(props.data.second.disagreed, props.data.second.checked)}
            note={copy().ofChecked(props.data.second.disagreed, props.data.second.checked)}
          />
          <Tile
            name={copy().overturned}
            value={String(props.data.overturned)}
            note={copy().overturnedNote}
          />
        </dl>
      </section>
    </>
  );
}

function Tile(props: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
      <Show when={props.note}>
        <dd class="small">{props.note}</dd>
      </Show>
    </div>
  );
}

function Reviewers(props: { data: Data; file: string }) {
  const staff = useStaff();
  const sees = () => staff.may('help_desk.approve') || !staff.may('review.decide');
  return (
    <Bars
      figures={{
        title: copy().reviewers,
        file: props.file,
        note: sees() ? copy().reviewersNote : copy().reviewersOwn,
        columns: copy().reviewersColumns,
        rows: props.data.reviewers.map((each) => {
          const name = each.name === '' ? copy().gone : each.name;
          const { approve, reject, return: sentBack } = each.decided;
          return [
            each.isSelf ? copy().self(name) : name,
            approve + reject + sentBack,
            approve,
            reject,
            sentBack,
            duration(each.medianMs),
            duration(each.p95Ms),
            each.checked,
            each.disagreed,
            each.overturned,
          ];
        }),
      }}
      drawn={1}
    />
  );
}
