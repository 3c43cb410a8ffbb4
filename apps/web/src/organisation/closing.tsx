import { createSignal } from 'solid-js';
import { api } from '../api.ts';
import { createAction } from '../ui/action.tsx';
import { ClosingNote } from '../ui/closing-note.tsx';
import { careCopy as copy } from './care-copy.ts';
import { type Current, useOrganisation } from './signed-in.tsx';

/** Says that the account of an organisation waits to be deleted, with the button that stops it. */
export function Closing(props: { organisation: Current; onChanged: () => Promise<void> }) {
  const [isStopped, setStopped] = createSignal(false);
  const stop = createAction(
    async () => {
      await api.organisation.stopClosing.mutate();
      setStopped(true);
      await props.onChanged();
    },
    // It may have been stopped elsewhere meanwhile.
    { ...useOrganisation(), 'request.stale': () => props.onChanged() },
  );
  return (
    <ClosingNote
      atMs={props.organisation.closesAtMs}
      isStopped={isStopped()}
      stop={stop}
      words={copy()}
    />
  );
}
