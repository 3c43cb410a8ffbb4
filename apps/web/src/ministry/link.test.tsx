import { fireEvent, render, screen, within } from '@solidjs/testing-library';
import { beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { MinistryLink } from './link.tsx';

const asked = vi.hoisted(() => ({
  begin: vi.fn<(input: object) => Promise<{ url: string }>>(),
  current: vi.fn<() => Promise<{ linkedAtMs: number | null }>>(),
  unlink: vi.fn<() => Promise<void>>(),
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: {
    ministry: {
      begin: { mutate: asked.begin },
      current: { query: asked.current },
      unlink: { mutate: asked.unlink },
    },
  },
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({ current: () => ({ missing: [] }), refresh: () => Promise.resolve() }),
}));
vi.stubGlobal('scrollTo', () => {});
// jsdom has no dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

const path = '/account/ministry';

beforeEach(() => {
  vi.resetAllMocks();
});

function open() {
  const pages = createMemoryHistory();
  pages.set({ value: path });
  render(() => (
    <MemoryRouter history={pages}>
      <Route path={path} component={MinistryLink} />
    </MemoryRouter>
  ));
}

test('T-REG-15: an account that is not linked is linked from here', async () => {
  asked.current.mockResolvedValue({ linkedAtMs: null });
  asked.begin.mockReturnValue(new Promise(() => {}));
  open();
  fireEvent.click(await screen.findByRole('button', { name: '关联教育部账号' }));
  expect(asked.begin).toHaveBeenCalledWith({ purpose: 'link' });
});

test('T-REG-15: one that is linked says since when, and asks once more before it is unlinked', async () => {
  asked.current.mockResolvedValueOnce({ linkedAtMs: Date.UTC(2026, 10, 21, 4) });
  asked.current.mockResolvedValue({ linkedAtMs: null });
  asked.unlink.mockResolvedValue();
  open();
  await screen.findByText(/2026/);
  fireEvent.click(screen.getByRole('button', { name: '解除关联' }));
  expect(asked.unlink).not.toHaveBeenCalled();
  const dialog = await screen.findByRole('alertdialog', { hidden: true });
  fireEvent.click(within(dialog).getByRole('button', { name: '解除关联', hidden: true }));
  await screen.findByText('已解除关联。');
  expect(asked.unlink).toHaveBeenCalledOnce();
});
