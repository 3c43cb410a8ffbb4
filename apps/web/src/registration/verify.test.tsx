import { businessPortal } from '@shiming/domain';
import { render, screen } from '@solidjs/testing-library';
import { beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { RegistrationFlow } from './flow.tsx';
import type { Registration } from './steps.ts';
import { UsageNotice } from './usage-notice.tsx';
import { RegistrationVerify } from './verify.tsx';

const api = vi.hoisted(() => ({
  current: { query: vi.fn<() => Promise<Registration | null>>() },
  verify: { mutate: vi.fn<() => Promise<Registration>>() },
  takeTicket: { mutate: vi.fn<() => Promise<Registration>>() },
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { registration: api, session: { current: { query: () => Promise.resolve(null) } } },
}));
vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...businessPortal, prefix: '' }),
}));
vi.mock('../session/session.tsx', () => ({ useSession: () => ({ current: () => null }) }));
// There is no canvas.
vi.mock('../shared/qr-image.ts', () => ({ qrImage: () => 'data:,' }));

type Check = NonNullable<Registration['verification']>;

beforeEach(() => vi.stubGlobal('scrollTo', () => {}));

const registration = (check: Partial<Check> = {}): Registration => ({
  step: 'verify',
  verification: {
    last: null,
    isCounted: false,
    perDay: 3,
    remainingToday: 3,
    resumesAtMs: Date.UTC(2026, 10, 22, 16),
    ticket: null,
    ...check,
  },
  drawnFrom: 'id.1',
  identity: {
    type: 'resident_identity_card',
    number: '110199199508150119',
    birthDate: '1995-08-15',
    sex: 'male',
    region: null,
    name: '林知远',
    validity: { start: '2022-03-01', end: '2042-03-01', term: 20 },
  },
  hasGuardian: false,
  hasPassword: true,
  contact: { mobile: '19900000001', email: '' },
  channel: 'sms',
  scene: null,
  code: null,
  remainingToday: 3,
  agreementVersion: '2026-11',
});

function open(path: string, now: Registration | null): void {
  api.current.query.mockResolvedValue(now);
  const history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/register" component={RegistrationFlow}>
        <Route path="/" component={UsageNotice} />
        <Route path="/verify" component={RegistrationVerify} />
      </Route>
    </MemoryRouter>
  ));
}

const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const button = (name: string) => screen.queryByRole('button', { name });

test('E-REG-01a: 系统使用须知 stands before 「新用户注册」, which leads to the first step', async () => {
  open('/register', null);
  await heading('系统使用须知');
  const link = screen.getByRole('link', { name: '新用户注册' });
  expect(link.getAttribute('href')).toBe('/register/document');
});

test('E-REG-01: before the check the page shows what is compared, and the window as another way', async () => {
  open('/register/verify', registration());
  await heading('核验身份');
  expect(screen.getByText('110199 19950815 0119')).toBeTruthy();
  expect(button('开始核验')).toBeTruthy();
  expect(await screen.findByRole('button', { name: '取核对凭条' })).toBeTruthy();
});

test.each([
  ['mismatched', true, '核验没有通过', '计 1 次，今天还剩 2 次。'],
  ['no_record', true, '没有查到这个人', '计 1 次，今天还剩 2 次。'],
  ['refused_input', false, '核验服务没有接受这些内容', '这次不计次，今天还剩 2 次。'],
  ['unavailable', false, '核验服务没有回应', '这次不计次，今天还剩 2 次。'],
] as const)('%s is told apart, with what it cost', async (last, isCounted, title, cost) => {
  open('/register/verify', registration({ last, isCounted, remainingToday: 2 }));
  await heading(title);
  expect(screen.getByText(cost)).toBeTruthy();
  expect(button('再核验一次')).toBeTruthy();
  const isAboutPerson = isCounted;
  expect(screen.queryByText('网证是什么、怎样开通') !== null).toBe(isAboutPerson);
});

test('with the tries of the day used up there is no button, but when there are new ones, and the window', async () => {
  open(
    '/register/verify',
    registration({ last: 'mismatched', isCounted: true, remainingToday: 0 }),
  );
  await heading('核验没有通过');
  expect(button('再核验一次')).toBeNull();
  expect(screen.getByText(/今天的 3 次已经用完/)).toBeTruthy();
  expect(await screen.findByRole('button', { name: '取核对凭条' })).toBeTruthy();
});

test('E-WIN-01: an open ticket shows its code and until when; one that was refused says why', async () => {
  const ticket = {
    code: '7KQM-3XVT',
    check: 'four_factors',
    status: 'open',
    reason: null,
    createdAtMs: Date.now(),
    expiresAtMs: Date.now() + 86_400_000,
    decidedAtMs: null,
    revokedAtMs: null,
    revocation: null,
  } as const;
  api.takeTicket.mutate.mockResolvedValue(registration({ ticket }));
  open('/register/verify', registration());
  const take = await screen.findByRole('button', { name: '取核对凭条' });
  api.current.query.mockResolvedValue(registration({ ticket }));
  take.click();
  expect(await screen.findByText('7KQM-3XVT')).toBeTruthy();
  const refused = {
    ...ticket,
    status: 'refused',
    reason: 'details_differ',
    decidedAtMs: 1,
    revokedAtMs: null,
    revocation: null,
  } as const;
  api.current.query.mockResolvedValue(registration({ ticket: refused }));
  (await screen.findByRole('button', { name: '办好了，查看结果' })).click();
  expect(await screen.findByText(/填写的内容和证件不一样/)).toBeTruthy();
  expect(await screen.findByRole('button', { name: '重新取凭条' })).toBeTruthy();
});
