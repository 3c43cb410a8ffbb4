import { groupCaseNumber } from '@shiming/domain';
import { For, type JSX, Show } from 'solid-js';
import { formatDay } from '../copy/format.ts';
import { A } from '../router/router.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { rowLinkId } from './row-keys.ts';

type Row = {
  caseId: string;
  caseNumber: string;
  dueAtMs: number;
  heldBy: { name: string } | null;
};

/**
 * Cases that wait, a row each: number, what `columns` has between number and due date (from `cells`), due date, holder.
 * `after` stands beneath the rows, where there are any.
 */
export function CaseTable<R extends Row, K extends string = never>(props: {
  rows: readonly R[];
  none: string;
  columns: Readonly<Record<NoInfer<K> | 'number' | 'due' | 'holder', string>>;
  cells?: Readonly<Record<K, (row: R) => JSX.Element>>;
  path(caseId: string): string;
  onFocus?(caseId: string): void;
  after?: JSX.Element;
}) {
  const cells = () => Object.entries(props.cells ?? {}) as [K, (row: R) => JSX.Element][];
  return (
    <Show when={props.rows.length > 0} fallback={<p>{props.none}</p>}>
      <table class="list">
        <thead>
          <tr>
            <For each={Object.values<string>(props.columns)}>
              {(name) => <th scope="col">{name}</th>}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr onFocusIn={() => props.onFocus?.(row.caseId)}>
                <td data-name={props.columns.number}>
                  <A class="num" href={props.path(row.caseId)} id={rowLinkId(row.caseId)}>
                    {groupCaseNumber(row.caseNumber)}
                  </A>
                </td>
                <For each={cells()}>
                  {([key, cell]) => <td data-name={props.columns[key]}>{cell(row)}</td>}
                </For>
                <td data-name={props.columns.due}>{formatDay(row.dueAtMs - 1)}</td>
                <td data-name={props.columns.holder}>
                  <Foreign>{row.heldBy?.name ?? '–'}</Foreign>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      {props.after}
    </Show>
  );
}
