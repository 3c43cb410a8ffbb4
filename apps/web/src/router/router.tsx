import {
  batch,
  children,
  type Component,
  createComponent,
  createContext,
  createMemo,
  createSignal,
  getOwner,
  type JSX,
  onCleanup,
  resetErrorBoundaries,
  runWithOwner,
  Show,
  untrack,
  useContext,
} from 'solid-js';

/** What is in the address, without the base, and what its history entry holds. */
export type Target = { url: string; state?: unknown };

export type How = {
  /** In the place of the entry that is there. */
  replace?: boolean;
  /** Whether the new page is shown from its top; `true` unless it is said. */
  scroll?: boolean;
  state?: unknown;
};

/** Where the router reads the address and writes it. */
export type History = {
  now(): Target;
  set(target: Target, how: How): void;
  /** Has the browser open an address in a new document. */
  open(url: string, how: How): void;
  /** Calls `changed` when the person has gone back or forward, until what it answers is called. */
  listen(changed: () => void): () => void;
};

type RouteProps = { path: string; component: Component<RouteChildren>; children?: JSX.Element };
type RouteChildren = { children?: JSX.Element };
type RouteDef = Omit<RouteProps, 'children'> & { children: RouteDef[] };
type Match = { chain: readonly RouteDef[]; params: Record<string, string> };

type Search = Record<string, string | undefined>;
type Navigate = (to: string, how?: How) => void;

type RouterContext = {
  location: Location;
  params: Record<string, string>;
  query: Search;
  base: string;
  isRouting: () => boolean;
  navigate: Navigate;
  /** The address that is on its way, or else the one that stands. */
  coming: () => URL;
};

/** The address as pages see it: without the base, as `navigate` takes it. */
export type Location<State = unknown> = {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly state: State | undefined;
};

const Context = createContext<RouterContext>();

function useRouter(): RouterContext {
  const router = useContext(Context);
  if (router === undefined) throw new Error('A part of a page is used outside the router');
  return router;
}

/** Opens another page, or this one in another way. The address changes when that stands. */
export const useNavigate = (): Navigate => useRouter().navigate;
export const useLocation = <State,>() => useRouter().location as Location<State>;
export const useParams = <P extends Record<string, string>>() => useRouter().params as Readonly<P>;
/** Whether a page is on its way; the one before stays until it is here. */
export const useIsRouting = () => useRouter().isRouting;

/** What stands behind the `?`, and a way to change parts of it: without a value a part goes. */
export function useSearchParams<S extends { [K in keyof S]?: string } = Search>() {
  const { coming, navigate, query } = useRouter();
  const change = (parts: { [K in keyof S]?: S[K] | undefined }, how?: How) =>
    untrack(() => {
      const { pathname, searchParams: search } = coming();
      for (const [name, value] of Object.entries<string | undefined>(parts)) {
        if (value) search.set(name, value);
        else search.delete(name);
      }
      const text = search.toString();
      navigate(pathname + (text && `?${text}`), { scroll: false, ...how });
    });
  return [query as Partial<S>, change] as const;
}

/** A page, or with `children` what stands around several. */
export function Route(props: RouteProps): JSX.Element {
  const inner = children(() => props.children);
  const { path, component } = props;
  // A page that a portal does not have is a `false` among the others.
  return { path, component, children: inner.toArray().filter(Boolean) } as unknown as JSX.Element;
}

const partsOf = (path: string) => path.replace(/\/$/, '').split('/').slice(1);

/** The first route of `routes` that the parts of a path lead to; `*` takes what is left. */
function find(routes: readonly RouteDef[], parts: readonly string[]): Match | undefined {
  for (const route of routes) {
    if (route.path === '*') return { chain: [route], params: {} };
    const names = partsOf(route.path);
    const params: Record<string, string> = {};
    const isOn = names.every((name, at) => {
      const part = parts[at];
      if (!part || !name.startsWith(':')) return name === part?.toLowerCase();
      params[name.slice(1)] = part;
      return true;
    });
    if (!isOn) continue;
    const rest = parts.slice(names.length);
    if (route.children.length > 0) {
      const inner = find(route.children, rest);
      if (inner !== undefined) {
        return { chain: [route, ...inner.chain], params: { ...params, ...inner.params } };
      }
    } else if (rest.length === 0) return { chain: [route], params };
  }
  return undefined;
}

/** An object whose properties are asked of `read` and watched one by one. */
function watched<T extends object>(read: () => T): T {
  const owner = getOwner();
  const known = new Map<PropertyKey, () => unknown>();
  return new Proxy({} as T, {
    get(_, name) {
      let value = known.get(name);
      if (value === undefined) {
        value = runWithOwner(owner, () =>
          createMemo(() => read()[name as keyof T]),
        ) as () => unknown;
        known.set(name, value);
      }
      return value();
    },
  });
}

const browser: History = {
  now: () => ({
    url: location.pathname + location.search + location.hash,
    state: history.state ?? undefined,
  }),
  set({ url, state }, { replace, scroll }) {
    if (replace) history.replaceState(state, '', url);
    else history.pushState(state, '', url);
    const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (anchor !== null) anchor.scrollIntoView();
    else if (scroll !== false) scrollTo(0, 0);
  },
  open: (url, { replace }) => (replace ? location.replace(url) : location.assign(url)),
  listen(changed) {
    addEventListener('popstate', changed);
    return () => removeEventListener('popstate', changed);
  },
};

/** A link of this site that is opened in this window by a plain press, as an address; else `undefined`. */
function linkOf(event: MouseEvent | FocusEvent | TouchEvent): URL | undefined {
  const { target } = event;
  const link = target instanceof Element ? target.closest('a') : null;
  if (link === null || link.target !== '' || link.href === '') return undefined;
  // What is `external` is no page of ours, though it stands under our address.
  const isOther =
    link.hasAttribute('download') ||
    link.relList.contains('external') ||
    link.origin !== location.origin;
  return isOther ? undefined : new URL(link.href);
}

/** Shows the page of the address within `root`. Links of this site are opened by it, and fetched when they are pointed at. */
export function Router(props: {
  root?: Component<RouteChildren> | undefined;
  /** Stands before each path in the address. */
  base?: string;
  /** The pages with a document of their own, which the browser itself opens and leaves: its headers differ. */
  alone?: readonly string[] | undefined;
  history?: History;
  children: JSX.Element;
}) {
  const { base = '', alone = [], history: source = browser } = props;
  // A route may stand under a condition.
  const routes = children(() => props.children)
    .toArray()
    .filter(Boolean) as unknown as RouteDef[];
  const within = ({ url: whole, state }: Target): Target => ({
    url: whole.slice(base.length).replace(/^(?!\/)/, '/'),
    state,
  });

  const [shown, setShown] = createSignal(within(source.now()));
  const [isRouting, setRouting] = createSignal(false);
  const addressOf = (target: Target) => new URL(`http://site${target.url}`);
  const url = createMemo(() => addressOf(shown()));
  const pathname = createMemo(() => url().pathname);
  const search = createMemo(() => url().search);
  const match = createMemo(() => find(routes, partsOf(pathname())));

  /** Fetches what the page of an address is made of. */
  const fetchAll = (path: string): unknown[] => {
    const found = find(routes, partsOf(path.split(/[?#]/, 1)[0] ?? ''));
    return (found?.chain ?? []).map(({ component }) =>
      'preload' in component && typeof component.preload === 'function'
        ? component.preload()
        : undefined,
    );
  };

  const isAlone = (path: string) => alone.includes(path.split(/[?#]/, 1)[0] ?? '');
  /** Whether a path is of another document than the page that is shown. */
  const isElsewhere = (path: string) => isAlone(path) !== isAlone(pathname());

  let pending: Target | undefined;
  /** How the first of several that redirect each other was asked for. */
  let asked: How | undefined;
  const move = (target: Target) => {
    if (pending === undefined) setRouting(true);
    pending = target;
    void (async () => {
      // A page that does not arrive says so where it is shown. Solid's transitions would wait too, but what the page before
      // shows meanwhile, such as an answer that comes, can keep it there when they end.
      await Promise.allSettled(fetchAll(target.url));
      if (pending !== target) return;
      batch(() => {
        setShown(target);
        resetErrorBoundaries();
      });
      // The page may have led on.
      if (pending !== target) return;
      const { url: to, state } = target;
      if (asked !== undefined) source.set({ url: base + to, state }, asked);
      pending = asked = undefined;
      setRouting(false);
    })();
  };
  const navigate: Navigate = (to, how = {}) =>
    untrack(() => {
      const target = { url: to.startsWith('/') ? to : pathname() + to, state: how.state };
      if (target.url === shown().url && target.state === shown().state) return;
      if (isElsewhere(target.url)) return source.open(base + target.url, how);
      asked ??= how;
      move(target);
    });
  const onBack = () => {
    asked = undefined;
    move(within(source.now()));
  };

  const pathOf = (link: URL | undefined): string | undefined => {
    if (link === undefined || !`${link.pathname}/`.startsWith(`${base}/`)) return undefined;
    return within({ url: link.pathname + link.search + link.hash }).url;
  };
  const onPress = (event: MouseEvent) => {
    const { defaultPrevented, button, metaKey, altKey, ctrlKey, shiftKey } = event;
    if (defaultPrevented || button !== 0 || metaKey || altKey || ctrlKey || shiftKey) return;
    const path = pathOf(linkOf(event));
    if (path === undefined || isElsewhere(path)) return;
    event.preventDefault();
    const isInPlace = event.target instanceof Element && event.target.closest('a[data-replace]');
    navigate(path, isInPlace ? { replace: true } : {});
  };
  const onPoint = (event: MouseEvent | FocusEvent | TouchEvent) => {
    const path = pathOf(linkOf(event));
    if (path !== undefined) fetchAll(path);
  };
  const stop = source.listen(onBack);
  document.addEventListener('click', onPress);
  const pointing = ['mouseover', 'focusin', 'touchstart'] as const;
  for (const type of pointing) document.addEventListener(type, onPoint, { passive: true });
  onCleanup(() => {
    stop();
    document.removeEventListener('click', onPress);
    for (const type of pointing) document.removeEventListener(type, onPoint);
  });

  const outlet = (depth: number): JSX.Element => (
    <Show when={match()?.chain[depth]} keyed>
      {({ component }) =>
        createComponent(component, {
          get children() {
            return outlet(depth + 1);
          },
        })
      }
    </Show>
  );
  const router: RouterContext = {
    location: {
      get pathname() {
        return pathname();
      },
      get search() {
        return search();
      },
      get hash() {
        return url().hash;
      },
      get state() {
        return shown().state;
      },
    },
    params: watched(() => match()?.params ?? {}),
    query: watched<Search>(() => Object.fromEntries(url().searchParams)),
    base,
    isRouting,
    navigate,
    coming: () => addressOf(pending ?? shown()),
  };
  return (
    <Context.Provider value={router}>
      {props.root === undefined ? outlet(0) : <props.root>{outlet(0)}</props.root>}
    </Context.Provider>
  );
}

/** A link to another page. */
export function A(props: {
  href: string;
  class?: string;
  classList?: Record<string, boolean | undefined>;
  id?: string;
  title?: string;
  /** Opens in the place of this page. */
  replace?: boolean;
  'aria-label'?: string | undefined;
  children?: JSX.Element;
}) {
  const { base, location } = useRouter();
  const path = () => props.href.split(/[?#]/, 1)[0] ?? '';
  const isHere = () => location.pathname === path();
  return (
    <a
      id={props.id}
      href={(props.href.startsWith('/') ? base : '') + props.href}
      class={props.class}
      classList={{
        ...props.classList,
        active: isHere() || location.pathname.startsWith(`${path()}/`),
      }}
      title={props.title}
      aria-label={props['aria-label']}
      aria-current={isHere() ? 'page' : undefined}
      data-replace={props.replace ? '' : undefined}
    >
      {props.children}
    </a>
  );
}

/** Leads on to another page, in the place of this one. */
export function Navigate(props: { href: string }) {
  untrack(() => useNavigate()(props.href, { replace: true }));
  return null;
}
