import { createSignal } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { useSession } from '../session/session.tsx';
import { useSignedIn } from '../session/signed-in.tsx';
import { createAction } from '../ui/action.tsx';
import { ClosingNote } from '../ui/closing-note.tsx';
import { zh } from './closing.zh.ts';

const copy = defineCopy(zh, () => import('./closing.en.ts'));

/** Says that the account waits to be deleted, with the button that stops it; nothing where it does not. */
export function Closing() {
  const session = useSession();
  const [isStopped, setStopped] = createSignal(false);
  const stop = createAction(
    async () => {
      await api.data.stopCancellation.mutate();
      setStopped(true);
      await session.refresh();
    },
    // It may have been stopped on another device meanwhile.
    { ...useSignedIn(), 'request.stale': () => session.refresh() },
  );
  return (
    <ClosingNote
      atMs={session.current()?.cancellationDueAtMs}
      isStopped={isStopped()}
      stop={stop}
      words={copy()}
    />
  );
}
