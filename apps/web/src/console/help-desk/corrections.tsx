import { createSignal, For, Show } from 'solid-js';
import { A } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { formatInstant } from '../../copy/format.ts';
import { createAction } from '../../ui/action.tsx';
import { Facts, Note } from '../../ui/blocks.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Reading } from '../../ui/read.tsx';
import { askAgain, useAsked } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { accountPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { changeWords } from './change-words.ts';
import { helpDeskCopy as copy, labelOf } from './help-desk-copy.ts';
import { Foreign } from '../../ui/foreign.tsx';

type Waiting = Awaited<ReturnType<typeof api.helpDesk.corrections.query>>[number];
type Opened = Awaited<ReturnType<typeof api.helpDesk.revealCorrection.mutate>>;

const columns = () => copy().columns;

/** T-CON-08: the corrections that wait for a second person. */
export function Corrections() {
  const staff = useStaff();
  const changes = useAsked(
    () => ['help-desk', 'changes'],
    () => api.helpDesk.corrections.query(),
  );
  const [opened, setOpened] = createSignal<{ change: Waiting; full: Opened }>();
  const [done, setDone] = createSignal('');
  const act = createAction(
    (work: () => Promise<void>) => {
      setDone('');
      return work();
    },
    {
      ...staff.on,
      otherwise(failure) {
        setOpened(undefined);
        void changes.again();
        return failure;
      },
    },
  );
  const open = (change: Waiting) =>
    act.run(async () => {
      const { correctionId } = change;
      setOpened({ change, full: await api.helpDesk.revealCorrection.mutate({ correctionId }) });
    });
  const decide = (what: 'approve' | 'refuse') =>
    act.run(async () => {
      const correctionId = opened()?.change.correctionId;
      if (correctionId === undefined) return;
      // The dialog of the proof would stand behind this one.
      setOpened(undefined);
      await api.helpDesk[what].mutate({ correctionId });
      setDone(what === 'approve' ? copy().approved : copy().refused);
      await askAgain('help-desk');
    });
  return (
    <section class="stack">
      <h2>{copy().waiting}</h2>
      <p class="soft">{copy().waitingNote}</p>
      <div role="status">
        <Show when={done()}>
          <Note tone="ok">{done()}</Note>
        </Show>
      </div>
      <FailureBox of={act.failure()} />
      <Reading read={changes}>
        {(list) => (
          <Show when={list().length > 0} fallback={<p>{copy().noneWaiting}</p>}>
            <table class="list">
              <thead>
                <tr>
                  <For each={Object.values(columns())}>{(name) => <th scope="col">{name}</th>}</For>
                  <th scope="col">
                    <span class="seen-by-readers">{copy().actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={list()}>
                  {(change) => <Row change={change} onOpen={() => void open(change)} />}
                </For>
              </tbody>
            </table>
          </Show>
        )}
      </Reading>
      <Show when={opened()}>
        {(shown) => (
          <Dialog
            title={copy().checkTitle(labelOf(shown().change.kind))}
            onCancel={() => setOpened(undefined)}
          >
            <Facts
              rows={[
                { term: copy().columns.who, value: shown().full.maskedName },
                {
                  term: copy().before,
                  value: changeWords(shown().change.kind, shown().full.before),
                },
                {
                  term: copy().after,
                  value: <b>{changeWords(shown().change.kind, shown().full.after)}</b>,
                },
                { term: copy().seen, value: shown().full.evidence },
                { term: copy().columns.by, value: shown().change.requestedBy.name },
              ]}
            />
            <div class="row">
              <button type="button" class="btn" onClick={() => void decide('approve')}>
                {copy().approve}
              </button>
              <button type="button" class="btn plain" onClick={() => void decide('refuse')}>
                {copy().refuse}
              </button>
              <button type="button" class="btn plain" onClick={() => setOpened(undefined)}>
                {copy().cancel}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </section>
  );
}

function Row(props: { change: Waiting; onOpen(): void }) {
  const staff = useStaff();
  return (
    <tr>
      <td data-name={columns().who}>
        <A href={accountPath(props.change.accountId)}>
          <Foreign>{props.change.maskedName}</Foreign>
        </A>
      </td>
      <td data-name={columns().what}>
        <div>
          {labelOf(props.change.kind)}
          <small>
            {copy().changed(
              changeWords(props.change.kind, props.change.maskedBefore),
              changeWords(props.change.kind, props.change.maskedAfter),
            )}
          </small>
        </div>
      </td>
      <td data-name={columns().by}>
        <div>
          <Foreign>{props.change.requestedBy.name}</Foreign>
          <small>{formatInstant(props.change.requestedAtMs)}</small>
        </div>
      </td>
      <td data-name={columns().until}>{formatInstant(props.change.expiresAtMs)}</td>
      <td class="act">
        <Show
          when={staff.may('help_desk.approve') && !props.change.requestedBy.isSelf}
          fallback={
            <span class="soft small">
              {props.change.requestedBy.isSelf ? copy().ownWaiting : copy().needsSenior}
            </span>
          }
        >
          <button
            type="button"
            class="btn quiet"
            aria-label={copy().checkLabel(props.change.maskedName)}
            onClick={() => props.onOpen()}
          >
            {copy().check}
          </button>
        </Show>
      </td>
    </tr>
  );
}
