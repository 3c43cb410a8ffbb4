import { createSignal, For, onCleanup, onMount } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { shellCopy } from './shell-copy.ts';

type Counts = Awaited<ReturnType<typeof api.desk.counts.query>>;

/** As often as a case that is held shows signs of life. The page of the queue asks more often, and brings them. */
const pollMs = 60_000;

const [counts, setCounts] = createSignal<Counts>();
let toldAtMs = 0;

/** Takes counts that came with something else. */
export function tellCounts(next: Counts | undefined): void {
  toldAtMs = performance.now();
  setCounts(() => next);
}

/** Asks for the counts, as after something was done that changes them; without an answer none are shown. */
export async function askCounts(): Promise<void> {
  tellCounts(await api.desk.counts.query().catch(() => undefined));
}

const shown = [
  ['waiting', '/queue'],
  ['dueToday', '/queue?due=today'],
  ['overdue', '/queue?due=overdue'],
  ['mine', '/queue?reviewer=me'],
  ['disagreements', '/queue?stage=senior'],
] as const;

const askIfOld = () => {
  const isOld = performance.now() - toldAtMs > pollMs - 1_000;
  if (document.visibilityState === 'visible' && isOld) void askCounts();
};

const textOf = (count: number | undefined) => {
  const limit = counts()?.limit ?? 0;
  return count === undefined ? '–' : shellCopy().count(count, limit);
};

/** T-CON-02: how much there is to do, on every page. Each count leads to what it counts. */
export function QueueCounts() {
  onMount(() => {
    void askCounts();
    const timer = setInterval(askIfOld, pollMs);
    document.addEventListener('visibilitychange', askIfOld);
    onCleanup(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askIfOld);
    });
  });
  return (
    <ul class="counts" aria-label={shellCopy().counts}>
      <For each={shown.filter(([name]) => counts()?.[name] !== null)}>
        {([name, href]) => {
          const count = () => counts()?.[name] ?? undefined;
          return (
            <li classList={{ late: name === 'overdue' && (count() ?? 0) > 0 }}>
              <A href={href}>
                {shellCopy()[name]} <b>{textOf(count())}</b>
              </A>
            </li>
          );
        }}
      </For>
    </ul>
  );
}
