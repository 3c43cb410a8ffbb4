import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { Failure } from '../api.ts';
import { attempt, type On } from '../form/refusals.ts';
import { FailureNote, Loading } from './blocks.tsx';
import { Page } from './page.tsx';

/** What a page shows, once it is here. */
export type Read<T> = {
  data: () => T | undefined;
  failure: () => Failure | undefined;
  /** Asks again; what is shown stays until the answer is here. */
  again: () => Promise<void>;
};

/** Asks when `again` is called; `on` says what refusals do. Of two answers the one to the later question counts. */
export function createReader<T>(
  load: () => Promise<T>,
  on: On,
): Read<T> & { show: (data: T | undefined) => void } {
  const [data, setData] = createSignal<T>();
  const [failure, setFailure] = createSignal<Failure>();
  const show = (next: T | undefined) => void setData(() => next);
  let questions = 0;
  const again = async () => {
    questions += 1;
    const question = questions;
    if (data() === undefined) setFailure(undefined);
    const left = await attempt(async () => {
      const answer = await load();
      if (question === questions) show(answer);
    }, on);
    if (question === questions) setFailure(() => left?.failure);
  };
  return { data, failure, again, show };
}

/**
 * Whether all of a page's questions have been answered or refused, once: a page that shows its parts as they come pushes
 * away what is being read.
 */
export function createSettled(...reads: readonly Read<unknown>[]): () => boolean {
  return createMemo<boolean>(
    (before) =>
      before || reads.every((read) => read.data() !== undefined || read.failure() !== undefined),
    false,
  );
}

/** The page for what was read; until then that it is coming, or why it did not come. */
export function Reading<T>(props: {
  read: Read<T>;
  /** Names the page that did not come, where what was read is a whole page. */
  title?: string;
  children: (data: () => T) => JSX.Element;
}) {
  const failed = (failure: Failure) => (
    <FailureNote failure={failure} onRetry={() => void props.read.again()} />
  );
  return (
    <Show
      when={props.read.data()}
      fallback={
        <Show when={props.read.failure()} fallback={<Loading />}>
          {(failure) => (
            <Show when={props.title} fallback={failed(failure())}>
              {(title) => <Page title={title()}>{failed(failure())}</Page>}
            </Show>
          )}
        </Show>
      }
    >
      {(data) => props.children(data)}
    </Show>
  );
}
