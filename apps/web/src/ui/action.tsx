import { createSignal, type JSX, Show } from 'solid-js';
import type { Failure } from '../api.ts';
import { attempt, type On } from '../form/refusals.ts';
import { FailureNote } from './blocks.tsx';
import { Dialog } from './dialog.tsx';

/** Something that a button does: whether it is on its way, and what became of it when it failed. */
export type Action<Args extends unknown[] = []> = {
  run: (...args: Args) => Promise<void>;
  isBusy: () => boolean;
  failure: () => Failure | undefined;
  /** Says no more that it failed. */
  forget: () => void;
};

/** Makes an action of `work`; pressed again while it is on its way, it does nothing. `on` says what its refusals do. */
export function createAction<Args extends unknown[] = []>(
  work: (...args: Args) => Promise<unknown>,
  on: On = {},
): Action<Args> {
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure>();
  const forget = () => setFailure(undefined);
  const run = async (...args: Args) => {
    if (isBusy()) return;
    setBusy(true);
    forget();
    const left = await attempt(() => work(...args), on, args);
    setBusy(false);
    setFailure(() => left?.failure);
  };
  return { run, isBusy, failure, forget };
}

/** The button of an action, which turns while it is on its way. */
export function ActionButton(props: { action: Action; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="btn"
      classList={{ spin: props.action.isBusy() }}
      aria-disabled={props.action.isBusy()}
      onClick={() => void props.action.run()}
    >
      {props.children}
    </button>
  );
}

/** Why an action failed, and the way to try again. */
export function ActionFailure(props: { action: Action }) {
  return (
    <Show when={props.action.failure()}>
      {(failure) => <FailureNote failure={failure()} onRetry={() => void props.action.run()} />}
    </Show>
  );
}

/** Asks once more before an action. It closes when the action is over, however it went. */
export function Confirm(props: {
  title: string;
  action: Action;
  confirm: string;
  cancel: string;
  onClose(): void;
  children: JSX.Element;
}) {
  const action: Action = {
    ...props.action,
    run: async () => {
      await props.action.run();
      props.onClose();
    },
  };
  return (
    <Dialog title={props.title} onCancel={() => props.onClose()}>
      {props.children}
      <div class="row">
        <ActionButton action={action}>{props.confirm}</ActionButton>
        <button type="button" class="btn plain" onClick={() => props.onClose()}>
          {props.cancel}
        </button>
      </div>
    </Dialog>
  );
}
