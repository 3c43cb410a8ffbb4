import type { Component, JSX } from 'solid-js';
import { type History, Router, type Target } from './router.tsx';

/** For tests: an address of its own, beside the browser's. */
export function createMemoryHistory() {
  const entries: Target[] = [{ url: '/' }];
  const opened: string[] = [];
  const listeners = new Set<() => void>();
  const history: History = {
    now: () => entries.at(-1) ?? { url: '/' },
    set(target, { replace }) {
      if (replace) entries.pop();
      entries.push(target);
    },
    open: (url) => void opened.push(url),
    listen(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
  return {
    history,
    entries: (): readonly string[] => entries.map(({ url }) => url),
    /** The addresses that the browser was to open in a new document. */
    opened: (): readonly string[] => opened,
    get: (): string => history.now().url,
    set: ({ value }: { value: string }) => history.set({ url: value }, { replace: true }),
    back() {
      entries.pop();
      for (const changed of listeners) changed();
    },
  };
}

export function MemoryRouter(props: {
  root?: Component<{ children?: JSX.Element }>;
  history?: ReturnType<typeof createMemoryHistory>;
  alone?: readonly string[] | undefined;
  children: JSX.Element;
}) {
  const { history } = props.history ?? createMemoryHistory();
  return (
    <Router root={props.root} history={history} alone={props.alone}>
      {props.children}
    </Router>
  );
}
