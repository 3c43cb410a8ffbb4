import { type FollowedKind } from '@shiming/domain';
import { api } from '../../api.ts';
import { useNavigate } from '../../router/router.tsx';
import { ActionButton, createAction } from '../../ui/action.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { CaseTable } from '../case-table.tsx';
import { FailureBox } from '../failure.tsx';
import { useKeys } from '../keys.ts';
import { ticketPath } from '../paths.ts';
import { queueCopy } from '../queue/queue-copy.ts';
import { useRowKeys } from '../row-keys.ts';
import { useStaff } from '../session/staff.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

/** T-CON-08a: the tickets that wait, due first. */
export function Tickets(props: { kind: FollowedKind }) {
  const { kind } = props;
  const staff = useStaff();
  const navigate = useNavigate();
  const tickets = useAsked(
    () => ['help-desk', 'tickets', kind],
    () => api.helpDesk.tickets.query({ kind }),
  );
  const next = createAction(async () => {
    const lease = await api.helpDesk.takeNextTicket.mutate({ kind });
    if (lease === null) await tickets.again();
    else navigate(ticketPath(lease.caseId));
  }, staff.on);
  const rowKeys = useRowKeys(() => tickets.data()?.rows ?? []);
  useKeys({
    title: () => copy().followed[kind],
    keys: () => [
      { key: kind === 'ticket' ? 'n' : 'm', label: copy().nextTicket, run: () => void next.run() },
      { key: 'j', label: queueCopy().down, run: () => rowKeys.move(1), repeats: true },
      { key: 'k', label: queueCopy().up, run: () => rowKeys.move(-1), repeats: true },
      {
        key: 'Enter',
        label: queueCopy().open,
        run: () => {
          const row = rowKeys.current();
          if (row !== undefined) navigate(ticketPath(row.caseId));
        },
      },
    ],
  });
  return (
    <section class="stack">
      <h2>{copy().followed[kind]}</h2>
      <FailureBox of={next.failure()} />
      <Reading read={tickets}>
        {(list) => (
          <CaseTable
            rows={list().rows}
            none={copy().noneFollowed[kind]}
            columns={copy().ticketColumns}
            path={ticketPath}
            onFocus={rowKeys.focused}
            after={
              <div class="row">
                <ActionButton action={next}>{copy().nextTicket}</ActionButton>
              </div>
            }
          />
        )}
      </Reading>
    </section>
  );
}
