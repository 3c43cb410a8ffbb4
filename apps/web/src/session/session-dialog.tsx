import { defineCopy } from '../copy/define-copy.ts';
import { ui } from '../copy/ui.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { zh } from './session-dialog.zh.ts';
import { useSession } from './session.tsx';

const copy = defineCopy(zh, () => import('./session-dialog.en.ts'));

/** Says that the session is about to end, and lets the person go on with one press. */
export function SessionDialog(props: { endsAtMs: number }) {
  const session = useSession();
  return (
    <Dialog title={copy().title} onCancel={() => void session.extend()}>
      <p>{copy().text}</p>
      <p>
        <b>
          <Countdown endsAtMs={props.endsAtMs} />
        </b>
      </p>
      <div class="row">
        <button type="button" class="btn" onClick={() => void session.extend()}>
          {copy().stay}
        </button>
        <button type="button" class="btn plain" onClick={() => void session.signOut()}>
          {ui().signOut}
        </button>
      </div>
    </Dialog>
  );
}
