import { createSignal, onCleanup, Show } from 'solid-js';
import { api } from '../../api.ts';
import { createAction } from '../../ui/action.tsx';
import { Note } from '../../ui/blocks.tsx';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { auditCopy as copy } from './audit-copy.ts';

type Part = Awaited<ReturnType<typeof api.auditTrail.check.mutate>>;

/** T-CON-06: recomputes the chain, part by part, until its end, or until it breaks, or somebody stops it. */
export function ChainCheck() {
  const staff = useStaff();
  const [part, setPart] = createSignal<Part>();
  const [rows, setRows] = createSignal(0);
  const [isWanted, setWanted] = createSignal(false);
  const stop = () => void setWanted(false);
  onCleanup(stop);
  const check = createAction(async () => {
    setWanted(true);
    setPart(undefined);
    setRows(0);
    let fromBlock: number | null = 0;
    while (fromBlock !== null && isWanted()) {
      const from: number = fromBlock;
      const next: Part = await api.auditTrail.check.mutate({ fromBlock: from });
      setRows((before) => before + next.rows);
      setPart(next);
      fromBlock = next.nextBlock;
    }
  }, staff.on);
  return (
    <section class="stack">
      <h2>{copy().chain}</h2>
      <p class="soft">{copy().chainNote}</p>
      <div class="row">
        <Show
          when={check.isBusy()}
          fallback={
            <button type="button" class="btn plain" onClick={() => void check.run()}>
              {copy().check}
            </button>
          }
        >
          <button type="button" class="btn plain" onClick={stop}>
            {copy().stop}
          </button>
          <progress
            aria-label={copy().progressLabel}
            max={part()?.lastBlock ?? 1}
            value={part()?.toBlock ?? 0}
          />
          <Show when={part()}>
            {(now) => <span class="soft">{copy().progress(now().toBlock, now().lastBlock)}</span>}
          </Show>
        </Show>
      </div>
      <div role="status">
        <Show when={!check.isBusy() && part()}>
          {(last) => <Outcome part={last()} rows={rows()} />}
        </Show>
      </div>
      <FailureBox of={check.failure()} />
    </section>
  );
}

function Outcome(props: { part: Part; rows: number }) {
  const broken = () => {
    const found = props.part.broken;
    if (found === null) return undefined;
    return copy()[found.why](found.block);
  };
  const isWhole = () => props.part.nextBlock === null;
  return (
    <Show when={broken() === undefined} fallback={<Note tone="bad">{broken()}</Note>}>
      <Show when={isWhole()} fallback={<Note tone="warn">{copy().stopped}</Note>}>
        <Note tone="ok">
          <p>
            {copy().holds(props.part.lastBlock - props.part.clearedBlocks, props.rows)}{' '}
            <Show when={props.part.unsealed > 0}>{copy().unsealedRows(props.part.unsealed)}</Show>{' '}
            <Show when={props.part.clearedBlocks > 0}>
              {copy().cleared(props.part.clearedBlocks)}
            </Show>
          </p>
          <Show when={props.part.head}>
            {(head) => (
              <p class="small">
                {copy().head} <span class="mono">{head()}</span>
              </p>
            )}
          </Show>
        </Note>
      </Show>
    </Show>
  );
}
