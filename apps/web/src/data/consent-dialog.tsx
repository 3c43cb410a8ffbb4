import type { WithdrawableConsent } from '@shiming/domain';
import { For } from 'solid-js';
import { api } from '../api.ts';
import { useSession } from '../session/session.tsx';
import { useGuard } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { consentsCopy as copy } from './consents-copy.ts';

/** Says what follows before a consent is withdrawn or given again, and does it. */
export function ConsentDialog(props: {
  kind: WithdrawableConsent;
  isWithdrawal: boolean;
  onCancel(): void;
  onDone(): Promise<void>;
}) {
  const guard = useGuard();
  const session = useSession();
  const done = async () => {
    await session.refresh();
    await props.onDone();
  };
  const words = () => copy().dialogs[props.kind];
  const confirm = createAction(
    async () => {
      const { kind } = props;
      await guard(
        props.isWithdrawal
          ? api.data.withdrawConsent.mutate({ kind })
          : api.data.giveConsent.mutate({ kind }),
      );
      await done();
    },
    async (code) => {
      // Done on another device meanwhile.
      if (code === 'request.stale') await done();
      return code === 'request.stale';
    },
  );
  return (
    <Dialog
      title={props.isWithdrawal ? words().withdrawTitle : words().giveTitle}
      onCancel={() => props.onCancel()}
    >
      <ul>
        <For each={props.isWithdrawal ? words().withdrawText : words().giveText}>
          {(line) => <li>{line}</li>}
        </For>
      </ul>
      <ActionFailure action={confirm} />
      <div class="row">
        <ActionButton action={confirm}>
          {props.isWithdrawal ? copy().dialogWithdraw : copy().dialogGive}
        </ActionButton>
        <button type="button" class="btn plain" onClick={() => props.onCancel()}>
          {copy().cancel}
        </button>
      </div>
    </Dialog>
  );
}
