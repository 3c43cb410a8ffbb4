import { createUniqueId, type JSX, onCleanup, onMount } from 'solid-js';
import { Foreign } from './foreign.tsx';

/**
 * A modal dialog of the browser. Browsers without one (Safari before 15.4) show it as a panel over the
 * page. Esc calls `onCancel`; the dialog stays as long as it is rendered.
 */
export function Dialog(props: {
  title: string;
  onCancel(): void;
  /** A long text: it scrolls in its `.scroll` part, and nothing urgent is announced. */
  isForReading?: boolean;
  children: JSX.Element;
}) {
  const titleId = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  const before = document.activeElement;
  onMount(() => {
    if (dialog === undefined) return;
    if (typeof dialog.showModal === 'function') {
      dialog.showModal();
      return;
    }
    dialog.setAttribute('open', '');
    dialog.classList.add('panel');
    dialog.querySelector<HTMLElement>('button, a')?.focus();
  });
  onCleanup(() => {
    // While a modal dialog is open, nothing outside it takes the focus.
    dialog?.close?.();
    if (before instanceof HTMLElement) before.focus();
  });
  return (
    <dialog
      ref={(element) => (dialog = element)}
      class="stack"
      classList={{ reading: props.isForReading === true }}
      role={props.isForReading === true ? 'dialog' : 'alertdialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
    >
      <h2 id={titleId}>
        <Foreign>{props.title}</Foreign>
      </h2>
      {props.children}
    </dialog>
  );
}
