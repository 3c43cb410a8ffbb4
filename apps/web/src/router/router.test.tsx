import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal, lazy, onCleanup, Show, Suspense } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from './memory.tsx';
import {
  A,
  Navigate,
  Route,
  Router,
  useIsRouting,
  useLocation,
  useNavigate,
  useParams,
  useSearchParams,
} from './router.tsx';
import { waitFor } from '../testing-wait.ts';

let navigate: ReturnType<typeof useNavigate>;
const left = vi.fn<() => void>();

function Frame(props: { children?: unknown }) {
  navigate = useNavigate();
  const isRouting = useIsRouting();
  return (
    <Suspense>
      <p role="status">{isRouting() ? 'busy' : 'idle'}</p>
      {props.children as never}
    </Suspense>
  );
}

function Flow(props: { children?: unknown }) {
  onCleanup(left);
  return (
    <div>
      <h1>flow</h1>
      {props.children as never}
    </div>
  );
}

function Item() {
  const params = useParams<{ id: string }>();
  const [query, setQuery] = useSearchParams<{ at: string; of: string }>();
  const location = useLocation<{ from: string }>();
  const change = () => {
    setQuery({ at: '2' });
    setQuery({ of: '3' });
  };
  return (
    <>
      <h2>{`item ${params.id} at ${query.at} from ${location.state?.from}`}</h2>
      <button type="button" onClick={change}>
        next
      </button>
    </>
  );
}

let arrive: (page: { default: () => ReturnType<typeof Item> }) => void;
const Slow = lazy(
  () => new Promise<{ default: () => ReturnType<typeof Item> }>((resolve) => (arrive = resolve)),
);

const routes = () => (
  <>
    <Route path="/" component={() => <h2>home</h2>} />
    <Route path="/flow" component={Flow}>
      <Route path="/" component={() => <h2>start</h2>} />
      {false}
      <Route path="/end" component={() => <h2>end</h2>} />
    </Route>
    {false}
    <Route path="/items/new" component={() => <h2>new item</h2>} />
    <Route path="/items/:id" component={Item} />
    <Route path="/slow" component={Slow} />
    <Route path="/moved" component={() => <Navigate href="/flow/end" />} />
    <Route path="*" component={() => <h2>nothing here</h2>} />
  </>
);

let history: ReturnType<typeof createMemoryHistory>;
function open(path: string, alone?: readonly string[]) {
  history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter root={Frame} history={history} alone={alone}>
      {routes()}
    </MemoryRouter>
  ));
}
/** The page is here, and the address with it. */
async function shows(text: string): Promise<unknown> {
  const heading = await screen.findByRole('heading', { level: 2, name: text });
  await waitFor(() => expect(screen.queryByRole('status')?.textContent).not.toBe('busy'));
  return heading;
}

beforeEach(() => left.mockClear());
afterEach(cleanup);

test.each([
  ['/', 'home'],
  ['/flow', 'start'],
  ['/flow/', 'start'],
  ['/FLOW/end', 'end'],
  ['/items/new', 'new item'],
  ['/items/7', 'item 7 at undefined from undefined'],
  ['/items/7?at=1#there', 'item 7 at 1 from undefined'],
  ['/items/', 'nothing here'],
  ['/items/7/8', 'nothing here'],
  ['/flow//end', 'nothing here'],
  ['//flow', 'nothing here'],
])('the address %s shows the page %s', async (path, text) => {
  open(path);
  expect(await shows(text)).toBeTruthy();
});

test('what stands around several pages stays while one leads to another, and goes with the last', async () => {
  open('/flow');
  navigate('/flow/end');
  expect(await shows('end')).toBeTruthy();
  expect(left).not.toHaveBeenCalled();
  navigate('/');
  expect(await shows('home')).toBeTruthy();
  expect(left).toHaveBeenCalledTimes(1);
});

test('the page before stays, and the address with it, until the next one is here', async () => {
  open('/');
  navigate('/slow');
  expect(screen.getByRole('status').textContent).toBe('busy');
  await waitFor(() => expect(arrive).toBeTypeOf('function'));
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('home');
  expect(history.get()).toBe('/');
  arrive({ default: () => <h2>slow</h2> });
  expect(await shows('slow')).toBeTruthy();
  await waitFor(() => expect(history.entries()).toEqual(['/', '/slow']));
  expect(screen.getByRole('status').textContent).toBe('idle');
});

test('an answer that comes for the page before, while the next is on its way, does not keep it there', async () => {
  const pending: { answer?: (text: string) => void; arrive?: () => void } = {};
  const Asking = () => {
    const [text, setText] = createSignal<string>();
    pending.answer = setText;
    return (
      <Show when={text()} fallback={<p>asking</p>}>
        {(found) => (
          <>
            <h2>{found()}</h2>
            <Suspense>
              <Part />
            </Suspense>
          </>
        )}
      </Show>
    );
  };
  const Next = lazy(
    () =>
      new Promise<{ default: () => ReturnType<typeof Item> }>((resolve) => {
        pending.arrive = () => resolve({ default: () => <h2>next</h2> });
      }),
  );
  const Part = lazy(() => Promise.resolve({ default: () => <p>part</p> }));
  history = createMemoryHistory();
  render(() => (
    <MemoryRouter root={Frame} history={history}>
      <Route path="/" component={Asking} />
      <Route path="/next" component={Next} />
    </MemoryRouter>
  ));
  await screen.findByText('asking');
  navigate('/next');
  await Promise.resolve();
  await Promise.resolve();
  pending.answer?.('answered');
  await screen.findByText('part');
  pending.arrive?.();
  expect(await shows('next')).toBeTruthy();
  expect(screen.queryByText('answered')).toBeNull();
});

test('somebody who turns back before a page has come stays', async () => {
  open('/flow');
  navigate('/flow/end');
  await shows('end');
  navigate('/slow');
  history.back();
  expect(await shows('start')).toBeTruthy();
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('idle'));
  expect(history.entries()).toEqual(['/flow']);
});

test('a page with a document of its own is opened and left by the browser', async () => {
  open('/', ['/items/7']);
  navigate('/items/7?at=1');
  navigate('/flow');
  expect(await shows('start')).toBeTruthy();
  expect(history.opened()).toEqual(['/items/7?at=1']);
  cleanup();

  open('/items/7', ['/items/7']);
  fireEvent.click(await screen.findByRole('button', { name: 'next' }));
  expect(await shows('item 7 at 2 from undefined')).toBeTruthy();
  navigate('/flow');
  expect(history.opened()).toEqual(['/flow']);
  expect(history.get()).toBe('/items/7?at=2&of=3');
});

test('a page that leads on leaves no entry of its own behind', async () => {
  open('/');
  navigate('/moved');
  expect(await shows('end')).toBeTruthy();
  await waitFor(() => expect(history.entries()).toEqual(['/', '/flow/end']));
});

test('parts behind the ? change one by one, two at once too, and a part of the path with the same page', async () => {
  open('/items/7?at=1');
  await shows('item 7 at 1 from undefined');
  fireEvent.click(screen.getByRole('button'));
  expect(await shows('item 7 at 2 from undefined')).toBeTruthy();
  expect(history.get()).toBe('/items/7?at=2&of=3');
  navigate('/items/8', { state: { from: 'list' } });
  expect(await shows('item 8 at undefined from list')).toBeTruthy();
});

test('back and forward open what the entry says, and nothing is written for it', async () => {
  open('/flow');
  navigate('/items/7');
  await shows('item 7 at undefined from undefined');
  history.back();
  expect(await shows('start')).toBeTruthy();
  expect(history.entries()).toEqual(['/flow']);
});

function Links() {
  const location = useLocation();
  return (
    <>
      <h2>{location.pathname}</h2>
      <A href="/pointed">own</A>
      <A href="/flow">here</A>
      <a href="/help">other part</a>
      <a href="/console/pointed" rel="external noreferrer">
        not a page
      </a>
      <a href="/console/pointed" target="_blank">
        new window
      </a>
    </>
  );
}

test('under a base addresses have it and pages do not see it; links elsewhere are the browser’s', async () => {
  window.history.replaceState(null, '', '/console/flow?x=1');
  const scroll = vi.spyOn(window, 'scrollTo').mockImplementation(() => {});
  const fetched = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const Pointed = Object.assign(() => <h2>pointed</h2>, { preload: fetched });
  render(() => (
    <Router base="/console">
      <Route path="/flow" component={Links} />
      <Route path="/pointed" component={Pointed} />
    </Router>
  ));
  await shows('/flow');
  expect(screen.getByText('here').getAttribute('aria-current')).toBe('page');
  expect(screen.getByText('own').getAttribute('href')).toBe('/console/pointed');
  const left: string[] = [];
  const note = (event: Event) => {
    if (!event.defaultPrevented) left.push((event.target as Element).textContent);
    event.preventDefault();
  };
  addEventListener('click', note);
  for (const link of ['other part', 'not a page', 'new window'])
    fireEvent.click(screen.getByText(link));
  fireEvent.click(screen.getByText('own'), { ctrlKey: true });
  expect(left).toEqual(['other part', 'not a page', 'new window', 'own']);
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.mouseOver(screen.getByText('own'));
  expect(fetched).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByText('own'));
  expect(await shows('pointed')).toBeTruthy();
  await waitFor(() => expect(location.pathname).toBe('/console/pointed'));
  expect(left).toHaveLength(4);
  expect(scroll).toHaveBeenCalledWith(0, 0);
  removeEventListener('click', note);
  scroll.mockRestore();
  window.history.replaceState(null, '', '/');
});
