import { createSignal, onCleanup, onMount } from 'solid-js';
import { Page } from '../ui/page.tsx';
import { verificationCopy as copy } from './copy.ts';

const longWaitMs = 15_000;

/** While the authority is asked. Goes on by itself. */
export function Waiting() {
  const [isLong, setLong] = createSignal(false);
  onMount(() => {
    const timer = setTimeout(() => setLong(true), longWaitMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Page title={copy().waitingTitle}>
      <progress aria-label={copy().waitingTitle} />
      <p>{copy().waiting}</p>
      <p role="status">{isLong() ? copy().longWait : ''}</p>
    </Page>
  );
}
