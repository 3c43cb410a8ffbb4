import { businessPortal } from '@shiming/domain';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { Authorisation } from './page.tsx';

const view = vi.hoisted(() => vi.fn<() => Promise<object>>());
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { authorisation: { view: { query: view } } },
}));
vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...businessPortal, prefix: '' }),
}));
vi.mock('../session/session.tsx', () => ({ useSession: () => ({ current: () => null }) }));
afterEach(cleanup);

const matter = (id: string, status: string) => ({
  id,
  office: '沙箱市市场监督管理局',
  company: `沙箱市${id}茶叶有限公司`,
  role: 'shareholder',
  purpose: 'establish',
  status,
  askedAtMs: 0,
  expiresAtMs: 1,
  endedAtMs: status === 'yes' ? 1 : null,
  receipt: status === 'yes' ? 'receipt-1' : null,
});
const found = {
  needsLevel: null,
  needsAge: null,
  days: { first: '2026-11-30', last: '2027-11-30' },
  last: null,
  matters: [matter('晴川', 'waiting'), matter('青山', 'yes')],
  questions: [],
};

function open() {
  const history = createMemoryHistory();
  history.set({ value: '/account/authorisation' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/account/authorisation" component={Authorisation} />
    </MemoryRouter>
  ));
}

test('E-AUT-01, E-AUT-02a: the switch says its state; a matter that waits can be answered, an earlier one has its receipt', async () => {
  view.mockResolvedValue(found);
  open();
  await screen.findByText('设立', { selector: 'label *' });
  const [state] = screen.getAllByRole('status');
  expect(state?.textContent).toBe('是否办理企业登记注册：否');
  const links = screen.getAllByRole('link', { name: /查看并答复/ });
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/account/authorisation/matter?id=晴川',
  ]);
  expect(screen.getByText('您已同意')).toBeTruthy();
  expect(screen.getByText('回执号 receipt-1')).toBeTruthy();
});

test.each([
  [{ ...found, needsLevel: 4 }, '达到四级实名后才能授权。'],
  [{ ...found, needsAge: 18 }, '年满 18 周岁后才能授权。'],
])('somebody who may not authorise reads why, and answers nothing', async (seen, why) => {
  view.mockResolvedValue(seen);
  open();
  await screen.findByText(why);
  expect(screen.queryByRole('link', { name: /查看并答复/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /设为/ })).toBeNull();
});
