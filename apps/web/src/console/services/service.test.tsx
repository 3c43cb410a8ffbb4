import type { ServiceClient } from '@shiming/domain';
import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../../router/memory.tsx';
import { Route } from '../../router/router.tsx';
import { Services } from './list.tsx';
import { ServicePage } from './service.tsx';
import { waitFor } from '../../testing-wait.ts';

const asked = vi.hoisted(() => ({
  list: { query: vi.fn<() => Promise<object[]>>() },
  propose: { mutate: vi.fn<(input: object) => Promise<{ waits: boolean }>>() },
  decide: { mutate: vi.fn<(input: object) => Promise<void>>() },
  end: { mutate: vi.fn<(input: object) => Promise<void>>() },
}));
vi.mock('../../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { serviceClient: asked },
}));
vi.mock('../session/staff.tsx', () => ({ useStaff: () => ({ on: {} }) }));
vi.stubGlobal('scrollTo', () => {});
// jsdom does not scroll, and has no dialogs.
Element.prototype.scrollIntoView = () => {};
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

const x = 'a'.repeat(43);
const client: ServiceClient = {
  redirectUris: ['https://service.example.cn/callback'],
  postLogoutRedirectUris: [],
  startUri: null,
  jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'a', x }] },
  jwksUri: null,
  backchannelLogoutUri: null,
  eventsUri: null,
  required: ['name'],
  optional: ['mobile'],
};
const none = {
  portal: 'p',
  portalName: { zh: '网站', en: 'Site' },
  service: 'certification',
  name: { zh: '资格认定', en: 'Qualification' },
  asks: ['name', 'document', 'mobile'],
  version: -1,
  registration: null,
  suspendedAtMs: null,
  proposal: null,
};
const which = { portal: 'p', service: 'certification' };

function open(path: string): void {
  const history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/staff/services" component={Services} />
      <Route path="/staff/services/:portal/:service" component={ServicePage} />
    </MemoryRouter>
  ));
}
const page = '/staff/services/p/certification';
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  asked.propose.mutate.mockResolvedValue({ waits: true });
  asked.decide.mutate.mockResolvedValue();
  asked.end.mutate.mockResolvedValue();
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

test('services are listed with how far their registration is, and where there is none it is said', async () => {
  asked.list.query.mockResolvedValue([none]);
  open('/staff/services');
  const row = within(await screen.findByRole('row', { name: /资格认定/ }));
  expect(row.getByText('没有登记')).toBeTruthy();
  expect(row.getByRole('link').getAttribute('href')).toBe(page);
  cleanup();
  asked.list.query.mockResolvedValue([]);
  open('/staff/services');
  expect(await screen.findByText(/没有别的系统要登记/)).toBeTruthy();
});

test('a service is registered as it is typed, with no field until somebody says so', async () => {
  asked.list.query.mockResolvedValue([none]);
  open(page);
  fireEvent.input(await screen.findByLabelText('登录后返回的地址'), {
    target: { value: client.redirectUris[0] },
  });
  await press('提交');
  expect((await screen.findAllByText(/请填写 JWK Set/)).length).toBeGreaterThan(0);
  expect(asked.propose.mutate).not.toHaveBeenCalled();
  const keys = JSON.stringify(client.jwks);
  fireEvent.input(screen.getByLabelText('公钥'), { target: { value: keys } });
  const mobile = within(screen.getByRole('group', { name: /手机号码/ }));
  fireEvent.click(mobile.getByLabelText('本人可以不给'));
  const name = within(screen.getByRole('group', { name: /姓名/ }));
  fireEvent.click(name.getByLabelText('必需'));
  await press('提交');
  await waitFor(() => expect(asked.propose.mutate).toHaveBeenCalled());
  expect(asked.propose.mutate.mock.calls[0]?.[0]).toMatchObject({
    ...which,
    version: -1,
    typed: {
      redirectUris: client.redirectUris[0],
      keys,
      required: ['name'],
      optional: ['mobile'],
    },
  });
  expect(await screen.findByText('已提出，等另一位管理员确认。')).toBeTruthy();
});

const proposed = (isOwn: boolean) => ({
  ...none,
  version: 4,
  registration: client,
  proposal: {
    client: { ...client, redirectUris: ['https://next.example.cn/callback'] },
    byName: '管理一',
    isOwn,
    atMs: 0,
  },
});

test('what is proposed is confirmed as it stands there, and by nobody who has proposed it', async () => {
  asked.list.query.mockResolvedValue([proposed(true)]);
  open(page);
  expect(await screen.findByText(/这是您提出的/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: '确认，立即生效' })).toBeNull();
  await press('撤回');
  await waitFor(() => expect(asked.decide.mutate).toHaveBeenCalled());
  expect(asked.decide.mutate).toHaveBeenLastCalledWith({ ...which, version: 4, agrees: false });
  cleanup();
  asked.list.query.mockResolvedValue([proposed(false)]);
  open(page);
  expect(await screen.findByText('https://next.example.cn/callback')).toBeTruthy();
  await press('确认，立即生效');
  await waitFor(() => expect(asked.decide.mutate).toHaveBeenCalledTimes(2));
  expect(asked.decide.mutate).toHaveBeenLastCalledWith({ ...which, version: 4, agrees: true });
  expect(await screen.findByText(/已确认/)).toBeTruthy();
});

test('a service is suspended after a question', async () => {
  asked.list.query.mockResolvedValue([{ ...none, version: 2, registration: client }]);
  open(page);
  await press('暂停');
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(asked.end.mutate).not.toHaveBeenCalled();
  fireEvent.click(dialog.getByRole('button', { name: '暂停' }));
  await waitFor(() => expect(asked.end.mutate).toHaveBeenCalled());
  expect(asked.end.mutate).toHaveBeenCalledWith({ ...which, version: 2, isForGood: false });
});
