import { groupCaseNumber, isEndedCase } from '@shiming/domain';
import { createMemo, For, Show } from 'solid-js';
import { A } from '../../router/router.tsx';
import type { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { documents } from '../../copy/documents.ts';
import { formatDay, formatTime } from '../../copy/format.ts';
import { Chip, type Tone } from '../../ui/blocks.tsx';
import { workingDaysLeft } from '../case/due.ts';
import { casePath } from '../paths.ts';
import { rowLinkId } from '../row-keys.ts';
import { reviewWords } from '../review-words.ts';
import { queueCopy as copy } from './queue-copy.ts';
import { Foreign } from '../../ui/foreign.tsx';

export type CaseRow = Awaited<ReturnType<typeof api.desk.queue.query>>['rows'][number];

/** Cases as rows. A row that changes stays where it is, with the focus it has. */
export function CaseTable(props: {
  rows: readonly CaseRow[];
  onFocusRow(caseId: string): void;
  onClaim(row: CaseRow): void;
}) {
  const byId = createMemo(() => new Map(props.rows.map((row) => [row.caseId, row])));
  const ids = createMemo(() => props.rows.map(({ caseId }) => caseId));
  return (
    <table class="list queue">
      <thead>
        <tr>
          <For each={Object.values(copy().columns)}>{(name) => <th scope="col">{name}</th>}</For>
          <th scope="col">
            <span class="seen-by-readers">{copy().actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={ids()}>
          {(id) => (
            // A row that has just gone is asked for once more before it is taken away.
            <Show when={byId().get(id)}>
              {(row) => (
                <Row
                  row={row()}
                  onFocus={() => props.onFocusRow(id)}
                  onClaim={() => props.onClaim(row())}
                />
              )}
            </Show>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** 绿, 黄, 红, always with the words. */
function dueOf({ dueAtMs }: CaseRow): { tone: Tone; text: string } {
  const days = workingDaysLeft(dueAtMs, serverNow());
  if (days < 0) return { tone: 'bad', text: reviewWords().overdue };
  if (days === 0) return { tone: 'warn', text: reviewWords().dueToday };
  return { tone: days <= 2 ? 'warn' : 'ok', text: reviewWords().dueIn(days) };
}

const columns = () => copy().columns;

function Row(props: { row: CaseRow; onFocus(): void; onClaim(): void }) {
  const due = () => dueOf(props.row);
  return (
    <tr onFocusIn={() => props.onFocus()}>
      <td data-name={columns().due}>
        <div>
          <Show
            when={!isEndedCase(props.row.status)}
            fallback={<Chip>{reviewWords().statuses[props.row.status]}</Chip>}
          >
            <Chip tone={due().tone}>{due().text}</Chip>
          </Show>
          <small>{formatDay(props.row.dueAtMs - 1)}</small>
        </div>
      </td>
      <td data-name={columns().case}>
        <div>
          <A class="num" id={rowLinkId(props.row.caseId)} href={casePath(props.row.caseId)}>
            {groupCaseNumber(props.row.caseNumber)}
          </A>
          <small>{reviewWords().stages[props.row.stage]}</small>
        </div>
      </td>
      <td data-name={columns().applicant}>
        <div>
          <Foreign>{props.row.maskedName}</Foreign>
          <Show when={props.row.documentType}>
            {(type) => <small>{documents().types[type()]}</small>}
          </Show>
        </div>
      </td>
      <td data-name={columns().submitted}>
        <div>
          {formatDay(props.row.submittedAtMs)}
          <small>{copy().attempt(props.row.attempts)}</small>
        </div>
      </td>
      <td data-name={columns().flags}>
        <Show when={props.row.flags.length > 0} fallback={<span class="soft">–</span>}>
          <div>
            <For each={props.row.flags}>
              {(flag) => <div class="small">{reviewWords().flags[flag]}</div>}
            </For>
          </div>
        </Show>
      </td>
      <td data-name={columns().holder}>
        <Show
          when={props.row.heldBy}
          fallback={
            <Show when={props.row.isStuck} fallback={<span class="soft">{copy().nobody}</span>}>
              <span class="small">{copy().stuck}</span>
            </Show>
          }
        >
          {(holder) => (
            <div>
              <Show when={holder().isSelf} fallback={<Foreign>{holder().name}</Foreign>}>
                <b>{copy().self}</b>
              </Show>
              <small>{copy().until(formatTime(props.row.leaseEndsAtMs ?? 0))}</small>
            </div>
          )}
        </Show>
      </td>
      <td class="act">
        <Show when={props.row.status === 'waiting'}>
          <Show
            when={props.row.heldBy}
            fallback={
              <button
                type="button"
                class="btn quiet"
                aria-label={copy().claimLabel(groupCaseNumber(props.row.caseNumber))}
                onClick={() => props.onClaim()}
              >
                {copy().claim}
              </button>
            }
          >
            {(holder) => (
              <Show when={holder().isSelf}>
                <A
                  class="btn quiet"
                  href={casePath(props.row.caseId)}
                  aria-label={copy().goOnLabel(groupCaseNumber(props.row.caseNumber))}
                >
                  {copy().goOn}
                </A>
              </Show>
            )}
          </Show>
        </Show>
      </td>
    </tr>
  );
}
