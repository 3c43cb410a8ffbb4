import { groupCaseNumber } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatDay } from '../../copy/format.ts';
import { A } from '../../router/router.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { claimPath } from '../paths.ts';
import { claimCopy as copy } from './claim-copy.ts';

/** S-DUP-03: the claims on document numbers that wait, due first. */
export function Claims() {
  const claims = useAsked(
    () => ['claims'],
    () => api.desk.queue.query({ kind: 'number_claim' }),
  );
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <Reading read={claims}>
        {(list) => (
          <Show when={list().rows.length > 0} fallback={<p>{copy().none}</p>}>
            <table class="list">
              <thead>
                <tr>
                  <For each={Object.values(copy().columns)}>
                    {(name) => <th scope="col">{name}</th>}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={list().rows}>
                  {(row) => (
                    <tr>
                      <td data-name={copy().columns.number}>
                        <A class="num" href={claimPath(row.caseId)}>
                          {groupCaseNumber(row.caseNumber)}
                        </A>
                      </td>
                      <td data-name={copy().columns.name}>
                        <Foreign>{row.maskedName}</Foreign>
                      </td>
                      <td data-name={copy().columns.stage}>{copy().stages[row.stage]}</td>
                      <td data-name={copy().columns.due}>{formatDay(row.dueAtMs - 1)}</td>
                      <td data-name={copy().columns.holder}>
                        <Foreign>{row.heldBy?.name ?? '–'}</Foreign>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </Show>
        )}
      </Reading>
    </Page>
  );
}
