import { createEffect, createSignal, type JSX, onMount, Show } from 'solid-js';
import { A, useLocation } from '../router/router.tsx';
import { ui } from '../copy/ui.ts';
import type { FormReport } from '../form/create-form.ts';
import { bilingual, usePortal } from '../portal.ts';
import { ErrorSummary, isRefused } from './error-summary.tsx';
import { Foreign } from './foreign.tsx';

const [isPageShown, setPageShown] = createSignal(false);

/** Whether a page has been shown since the document was opened. */
export { isPageShown };

/**
 * One page: names the document `h1 - 服务名`, moves the focus to the `h1` after a navigation, and shows
 * the error summary of the page's form above it. `wide` lifts the width that is good for reading.
 */
export function Page(props: {
  title: string;
  lead?: JSX.Element;
  /** Where 返回 leads. */
  backTo?: string | undefined;
  /** The line above the title, such as `StepLine`. */
  step?: JSX.Element;
  form?: FormReport;
  wide?: boolean;
  children?: JSX.Element;
}) {
  const here = useLocation();
  let heading: HTMLHeadingElement | undefined;

  createEffect(() => {
    const prefix = isRefused() ? ui().errorPrefix : '';
    document.title = `${prefix}${props.title} - ${bilingual(usePortal().name)}`;
  });
  onMount(() => {
    const anchor = document.getElementById(here.hash.slice(1));
    if (anchor !== null) anchor.scrollIntoView();
    // The first page was opened by the browser, which has put the focus where it belongs.
    else if (isPageShown()) heading?.focus({ preventScroll: true });
    setPageShown(true);
  });

  return (
    <div classList={{ col: props.wide !== true }}>
      <Show when={props.backTo}>{(to) => <BackLink to={to()} />}</Show>
      <Show when={props.form}>{(form) => <ErrorSummary form={form()} />}</Show>
      <div class="head">
        {props.step}
        <h1 ref={(element) => (heading = element)} tabindex="-1">
          <Foreign>{props.title}</Foreign>
        </h1>
        <Show when={props.lead}>
          <p class="lead">{props.lead}</p>
        </Show>
      </div>
      <div class="stack">{props.children}</div>
    </div>
  );
}

function BackLink(props: { to: string }) {
  return (
    <A class="back" href={props.to}>
      <span aria-hidden="true">‹ </span>
      {ui().back}
    </A>
  );
}

/** 「注册 · 第 1 步，共 4 步」. */
export function StepLine(props: { flow: string; at: number; of: number }) {
  return (
    <p class="step">
      {props.flow} · {ui().step(props.at, props.of)}
    </p>
  );
}
