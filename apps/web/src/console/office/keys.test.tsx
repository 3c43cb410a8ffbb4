import type { OfficeAlgorithm } from '@shiming/domain';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../../router/memory.tsx';
import { Route } from '../../router/router.tsx';
import { OfficeKeys } from './keys.tsx';

const asked = vi.hoisted(() => ({
  keys: { query: vi.fn<() => Promise<{ keys: object[]; algorithms: OfficeAlgorithm[] }>>() },
  addKey: { mutate: vi.fn<(input: object) => Promise<{ keyId: string; secret: null }>>() },
}));
vi.mock('../../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { office: asked },
}));
vi.mock('../session/staff.tsx', () => ({ useStaff: () => ({ on: {} }) }));
vi.stubGlobal('scrollTo', () => {});
// jsdom does not scroll.
Element.prototype.scrollIntoView = () => {};

function open(algorithms: OfficeAlgorithm[]): void {
  asked.keys.query.mockResolvedValue({ keys: [], algorithms });
  const history = createMemoryHistory();
  history.set({ value: '/staff/offices' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/staff/offices" component={OfficeKeys} />
    </MemoryRouter>
  ));
}
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const add = () => fireEvent.click(screen.getByRole('button', { name: '登记密钥' }));
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

test('an office’s key is added for a way to sign that the service has, with the hint of that way', async () => {
  open(['ed25519', 'hmac-sha256']);
  await screen.findByText('还没有登记。');
  expect(screen.getAllByRole('radio')).toHaveLength(2);
  expect(screen.queryByRole('radio', { name: /SM2/ })).toBeNull();
  cleanup();

  open(['ed25519', 'sm2-sm3', 'hmac-sha256']);
  fireEvent.click(await screen.findByRole('radio', { name: /SM2/ }));
  await screen.findByText(/1234567812345678/);
  type('登记机关', '沙箱市市场监督管理局');
  type('公钥', 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs');
  add();
  await screen.findAllByText(/SM2 曲线上的点.*核对/);
  expect(asked.addKey.mutate).not.toHaveBeenCalled();
  asked.addKey.mutate.mockResolvedValue({ keyId: 'office-1', secret: null });
  const publicKey = `04${'0aF'.repeat(42)}00`;
  type('公钥', publicKey);
  add();
  await screen.findByText(/office-1/);
  expect(asked.addKey.mutate).toHaveBeenCalledExactlyOnceWith({
    office: '沙箱市市场监督管理局',
    algorithm: 'sm2-sm3',
    publicKey,
  });
  fireEvent.click(screen.getByRole('radio', { name: /HMAC/ }));
  expect(screen.queryByLabelText('公钥')).toBeNull();
});
