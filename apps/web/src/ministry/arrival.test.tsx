import { fireEvent, render, screen } from '@solidjs/testing-library';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { MinistryArrival } from './arrival.tsx';
import { vouched } from './vouched.ts';

type Outcome = { outcome: 'signed_in' | 'unknown' };
const asked = vi.hoisted(() => ({
  begin: vi.fn<(input: object) => Promise<{ url: string }>>(),
  arrive: vi.fn<(input: { query: string }) => Promise<Outcome>>(),
  arrival: vi.fn<() => Promise<object | null>>(),
  link: vi.fn<() => Promise<void>>(),
  leave: vi.fn<() => Promise<void>>(),
  session: null as object | null,
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: {
    ministry: {
      begin: { mutate: asked.begin },
      arrive: { mutate: asked.arrive },
      arrival: { query: asked.arrival },
      link: { mutate: asked.link },
      leave: { mutate: asked.leave },
    },
  },
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({ current: () => asked.session, refresh: () => Promise.resolve() }),
}));

const arrival = { name: '林知远', mobile: '19900000001', email: null, expiresAtMs: 1 };
const path = '/login/ministry';

beforeEach(() => {
  vi.resetAllMocks();
  asked.session = null;
  asked.arrival.mockResolvedValue(null);
});

const to = (name: string) => screen.getByRole('link', { name }).getAttribute('href');

/** Opens the page as a browser does that comes with this query; answers the path of the router. */
function open(query = ''): () => string {
  history.replaceState(null, '', path + query);
  const pages = createMemoryHistory();
  pages.set({ value: path + query });
  render(() => (
    <MemoryRouter history={pages}>
      <Route path={path} component={MinistryArrival} />
      <Route path="*" component={() => <p>elsewhere</p>} />
    </MemoryRouter>
  ));
  return () => pages.get();
}

test('T-REG-15: before a person goes to the ministry they read what it tells us', async () => {
  open();
  await screen.findByRole('heading', { level: 1, name: '教育部账号登录' });
  expect(screen.getByText(/姓名、手机号码和邮箱告诉我们.*30 分钟后删除/)).toBeTruthy();
  expect(asked.arrive).not.toHaveBeenCalled();
  asked.begin.mockReturnValue(new Promise(() => {}));
  fireEvent.click(screen.getByRole('button', { name: '前往教育部登录' }));
  expect(asked.begin).toHaveBeenCalledWith({ purpose: 'sign_in' });
});

test('T-REG-15: the query is out of the address before it is sent, and a person who is known is signed in', async () => {
  let search = '?';
  asked.arrive.mockImplementation(() => {
    search = location.search;
    return Promise.resolve({ outcome: 'signed_in' });
  });
  const where = open('?code=c&state=s');
  await screen.findByText('elsewhere');
  expect(asked.arrive).toHaveBeenCalledWith({ query: '?code=c&state=s' });
  expect(search).toBe('');
  expect(where()).toBe('/');
});

test('T-LOG-03: who has not completed the profile is led there, as after every sign-in', async () => {
  asked.session = { missing: ['profile'] };
  asked.arrive.mockResolvedValue({ outcome: 'signed_in' });
  const where = open('?code=c&state=s');
  await screen.findByText('elsewhere');
  expect(where()).toBe('/account/profile');
});

test('T-REG-15: who is not known signs in to link an account, or registers with what the ministry says', async () => {
  asked.arrive.mockResolvedValue({ outcome: 'unknown' });
  asked.arrival.mockResolvedValue(arrival);
  open('?code=c&state=s');
  await screen.findByRole('heading', { level: 1, name: '关联账号' });
  expect(screen.getByText('林知远')).toBeTruthy();
  expect(to('我有账号，登录后关联')).toBe('/login?next=/login/ministry');
  expect(to('我没有账号，去注册')).toBe('/register');
  expect(vouched()).toMatchObject({ name: '林知远', mobile: '19900000001', email: null });
  asked.leave.mockResolvedValue();
  fireEvent.click(screen.getByRole('button', { name: '不是我' }));
  await screen.findByRole('button', { name: '前往教育部登录' });
  expect(vouched()).toBeUndefined();
});

test('T-REG-15: a page that is left open does not fill in a form for the next person', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  asked.arrival.mockResolvedValue(arrival);
  open();
  await screen.findByRole('heading', { level: 1, name: '关联账号' });
  vi.setSystemTime(Date.now() + 30 * 60_000 - 1);
  expect(vouched()).toMatchObject({ name: '林知远' });
  vi.setSystemTime(Date.now() + 1);
  expect(vouched()).toBeUndefined();
});

test('T-REG-15: who is signed in links the account by a press of their own', async () => {
  asked.session = { missing: [] };
  asked.arrival.mockResolvedValue(arrival);
  asked.link.mockResolvedValue();
  const where = open();
  fireEvent.click(await screen.findByRole('button', { name: '关联' }));
  await screen.findByText('elsewhere');
  expect(asked.link).toHaveBeenCalledOnce();
  expect(where()).toBe('/account/ministry');
});

test('T-REG-15: an arrival that fails says so and offers the way again', async () => {
  asked.arrive.mockRejectedValue(new TypeError('fetch failed'));
  open('?error=access_denied&state=s');
  await screen.findByRole('alert');
  expect(screen.getByRole('button', { name: '前往教育部登录' })).toBeTruthy();
});
