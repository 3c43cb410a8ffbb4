import { api } from '../../api.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { CaseTable } from '../case-table.tsx';
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
          <CaseTable
            rows={list().rows}
            none={copy().none}
            columns={copy().columns}
            cells={{
              name: (row) => <Foreign>{row.maskedName}</Foreign>,
              stage: (row) => copy().stages[row.stage],
            }}
            path={claimPath}
          />
        )}
      </Reading>
    </Page>
  );
}
