import { For, type JSX, Show } from 'solid-js';
import { failureSentence } from '../copy/failures.ts';
import { ui } from '../copy/ui.ts';
import type { Failure } from '../api.ts';
import { addressOf } from '../portal.ts';
import { Foreign } from './foreign.tsx';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';

/** A remark beside the text. The words carry the meaning; the colour only repeats it. */
export function Note(props: { tone?: Tone; children: JSX.Element }) {
  return (
    <div class={`note ${props.tone ?? 'info'}`}>
      <Foreign>{props.children}</Foreign>
    </div>
  );
}

export type Fact = { term: JSX.Element; value: JSX.Element; action?: JSX.Element };

/** Rows of a summary list, each with at most one action. */
export function Facts(props: { rows: readonly Fact[] }) {
  return (
    <dl class="facts">
      <For each={props.rows}>
        {(row) => (
          <div>
            <dt>{row.term}</dt>
            <dd>
              <Foreign>{row.value}</Foreign>
            </dd>
            <Show when={row.action}>
              <dd>{row.action}</dd>
            </Show>
          </div>
        )}
      </For>
    </dl>
  );
}

/** A number or an address, masked or whole, in figures of one width; a browser's translator leaves it as it is. */
export function Num(props: { strong?: boolean; children: JSX.Element }) {
  return props.strong ? (
    <b class="num" translate="no">
      <Foreign>{props.children}</Foreign>
    </b>
  ) : (
    <span class="num" translate="no">
      <Foreign>{props.children}</Foreign>
    </span>
  );
}

export function Chip(props: { tone?: Tone; children: JSX.Element }) {
  return <span class={`chip ${props.tone ?? 'info'}`}>{props.children}</span>;
}

/** A link of the portal that opens in a window of its own: what has been typed stays. */
export function NewTab(props: { href: string; class?: string; children: JSX.Element }) {
  return (
    <a href={addressOf(props.href)} class={props.class} target="_blank" rel="noopener">
      {props.children}
      <span class="seen-by-readers">{ui().newTab}</span>
    </a>
  );
}

/** Something most people need not read. */
export function Reveal(props: { title: string; onToggle?(): void; children: JSX.Element }) {
  return (
    <details class="reveal" onToggle={() => props.onToggle?.()}>
      <summary>{props.title}</summary>
      <div class="tight">{props.children}</div>
    </details>
  );
}

/** Shows itself only when the wait is noticeable. */
export function Loading(props: { children?: JSX.Element }) {
  return (
    <p class="loading" role="status">
      {props.children ?? ui().loading}…
    </p>
  );
}

/** A request that failed, where the answer should have been. */
export function FailureNote(props: { failure: Failure; onRetry(): void }) {
  return (
    <div class="note bad tight" role="alert">
      <p>{failureSentence(props.failure)}</p>
      <button type="button" class="btn plain" onClick={() => props.onRetry()}>
        {ui().retry}
      </button>
    </div>
  );
}
