import { businessPortal } from '@shiming/domain';
import { render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import type { api } from '../api.ts';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { Levels } from './levels.tsx';

type View = Awaited<ReturnType<typeof api.verification.levels.query>>;

const asked = vi.hoisted(() => ({
  levels: { query: vi.fn<() => Promise<unknown>>() },
  take: { mutate: vi.fn<() => Promise<unknown>>() },
  next: { step: 'raise_level', to: 4 } as object,
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { verification: { levels: asked.levels }, window: { take: asked.take } },
}));
vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...businessPortal, prefix: '' }),
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({
    current: () => ({ missing: [], proved: null, next: asked.next }),
    refresh: () => Promise.resolve(),
  }),
}));
// There is no canvas.
vi.mock('../shared/qr-image.ts', () => ({ qrImage: () => 'data:,' }));

const atMs = Date.UTC(2026, 10, 21, 4);
const byAuthority = { by: 'authority', atMs, untilMs: null, level: 3 } as const;

function open(view: View): void {
  asked.levels.query.mockResolvedValue(view);
  const history = createMemoryHistory();
  history.set({ value: '/account/levels' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/account/levels" component={Levels} />
    </MemoryRouter>
  ));
}

test('E-LVL-01: each level says what it opens, how and until when it was reached, and the next way up', async () => {
  open({
    level: 3,
    attained: [{ ...byAuthority, untilMs: Date.parse('2042-03-02T00:00:00+08:00') }],
    ticket: null,
  });
  await screen.findByRole('heading', { level: 1, name: '实名等级' });
  expect(screen.getAllByText('已达到')).toHaveLength(3);
  expect(screen.getAllByText('还没有达到')).toHaveLength(1);
  expect(screen.getByText(/与公安部门的数据核验一致，到 2042 年 3 月 1 日/)).toBeTruthy();
  expect(screen.getByText('企业登记注册')).toBeTruthy();
  expect(screen.getByText(/四级实名要确认是您本人/)).toBeTruthy();
  const take = screen.getByRole('button', { name: '取核对凭条' });
  asked.take.mutate.mockResolvedValue({});
  const ticket = {
    code: '7KQM-3XVT',
    check: 'face',
    status: 'open',
    reason: null,
    createdAtMs: atMs,
    expiresAtMs: Date.now() + 86_400_000,
    decidedAtMs: null,
  } as const;
  asked.levels.query.mockResolvedValue({ level: 3, attained: [byAuthority], ticket });
  take.click();
  expect(await screen.findByText('7KQM-3XVT')).toBeTruthy();
});

test('a level that a face gave says so, and not that data were compared', async () => {
  open({ level: 4, attained: [{ by: 'face', atMs, untilMs: null, level: 4 }], ticket: null });
  expect(await screen.findByText(/刷脸与公安部门登记的照片比对通过/)).toBeTruthy();
  expect(screen.queryByText(/与公安部门的数据核验一致/)).toBeNull();
});

test('at level 4 there is nothing left to do, and no window', async () => {
  asked.next = { step: 'use_services' };
  open({
    level: 4,
    attained: [{ by: 'window', atMs, untilMs: null, level: 4 }, byAuthority],
    ticket: null,
  });
  await screen.findByText('您已经可以办理全部业务。');
  expect(screen.getByText(/登记窗口当面核对通过/)).toBeTruthy();
  expect(screen.queryByText('到登记窗口办理')).toBeNull();
});
