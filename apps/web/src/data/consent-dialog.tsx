import type { WithdrawableConsent } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { useSession } from '../session/session.tsx';
import { useGuard } from '../session/signed-in.tsx';
import { FailureNote } from '../ui/blocks.tsx';
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
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure>();
  const words = () => copy().dialogs[props.kind];
  const confirm = async () => {
    if (isBusy()) return;
    setBusy(true);
    setFailure(undefined);
    const { kind } = props;
    try {
      await guard(
        props.isWithdrawal
          ? api.data.withdrawConsent.mutate({ kind })
          : api.data.giveConsent.mutate({ kind }),
      );
      await done();
    } catch (error) {
      // Done on another device meanwhile.
      if (appErrorOf(error)?.code === 'request.stale') await done();
      else setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
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
      <Show when={failure()}>
        {(shown) => <FailureNote failure={shown()} onRetry={() => void confirm()} />}
      </Show>
      <div class="row">
        <button
          type="button"
          class="btn"
          classList={{ spin: isBusy() }}
          aria-disabled={isBusy()}
          onClick={() => void confirm()}
        >
          {props.isWithdrawal ? copy().dialogWithdraw : copy().dialogGive}
        </button>
        <button type="button" class="btn plain" onClick={() => props.onCancel()}>
          {copy().cancel}
        </button>
      </div>
    </Dialog>
  );
}
