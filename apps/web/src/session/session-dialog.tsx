import { ui } from '../copy/ui.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useSession } from './session.tsx';

/** Says that the session is about to end, and lets the person go on with one press. */
export function SessionDialog(props: { endsAtMs: number }) {
  const session = useSession();
  return (
    <Dialog title={ui().sessionTitle} onCancel={() => void session.extend()}>
      <p>{ui().sessionText}</p>
      <p>
        <b>
          <Countdown endsAtMs={props.endsAtMs} />
        </b>
      </p>
      <div class="row">
        <button type="button" class="btn" onClick={() => void session.extend()}>
          {ui().sessionStay}
        </button>
        <button type="button" class="btn plain" onClick={() => void session.signOut()}>
          {ui().signOut}
        </button>
      </div>
    </Dialog>
  );
}
