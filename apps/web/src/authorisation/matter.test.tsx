import { businessPortal } from '@shiming/domain';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestFailed } from '../api.ts';
import { IdentifyPage } from '../recovery/identify.tsx';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { MatterPage } from './matter.tsx';
import { waitFor } from '../testing-wait.ts';

const asked = vi.hoisted(() => ({
  view: vi.fn<() => Promise<object>>(),
  answer: vi.fn<(input: object) => Promise<void>>(),
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: {
    authorisation: { view: { query: asked.view }, answerMatter: { mutate: asked.answer } },
    proof: {
      current: {
        query: () =>
          Promise.resolve({
            maskedMobile: '199*****01',
            code: null,
            remainingToday: { sms: 3, mail: 0 },
          }),
      },
    },
    face: { offer: { query: () => Promise.resolve({ isOffered: true }) } },
    puzzle: { draw: { mutate: () => new Promise(() => {}) } },
  },
}));
vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...businessPortal, prefix: '' }),
  weChatName: () => '',
}));
vi.mock('../session/session.tsx', () => ({ useSession: () => ({ current: () => null }) }));

const matter = {
  id: 'matter-1',
  office: '沙箱市市场监督管理局',
  company: '沙箱市晴川茶叶有限公司',
  role: 'shareholder',
  purpose: 'establish',
  status: 'waiting',
  askedAtMs: 0,
  expiresAtMs: Date.UTC(2026, 11, 7),
  endedAtMs: null,
  receipt: null,
};
const view = (change: object = {}) => ({
  needsLevel: null,
  needsAge: null,
  matters: [{ ...matter, ...change }],
});

function open(path: string) {
  const history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/account/authorisation/matter" component={MatterPage} />
      <Route path="/recovery" component={IdentifyPage} />
      <Route path="*" component={() => <h1>别处</h1>} />
    </MemoryRouter>
  ));
  return history;
}
const at = '/account/authorisation/matter?id=matter-1';

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
  Element.prototype.scrollIntoView = () => {};
  asked.view.mockResolvedValue(view());
  asked.answer.mockReset();
});
afterEach(cleanup);

test('E-AUT-02a: the page of a matter says what it is about, and leads to the face as the other proof', async () => {
  open(at);
  await screen.findByText(matter.company);
  expect(screen.getByText('股东（投资人）')).toBeTruthy();
  expect(screen.getByText('199*****01')).toBeTruthy();
  const face = screen.getByRole('link', { name: '不用密码和验证码，刷脸答复' });
  const { searchParams, pathname } = new URL(face.getAttribute('href') ?? '', 'https://x.test');
  expect([pathname, searchParams.get('for'), searchParams.get('about')]).toEqual([
    '/face',
    'authorise',
    'matter-1',
  ]);
  expect(searchParams.get('next')).toBe(`${at}&by=face`);
});

test('E-AUT-02a: after the face the answer alone is asked; one that was shown too long ago leads back to the ways', async () => {
  const history = open(`${at}&by=face`);
  const submit = await screen.findByRole('button', { name: '提交答复' });
  expect(screen.queryByLabelText('登录密码')).toBeNull();
  fireEvent.click(submit);
  expect(asked.answer).not.toHaveBeenCalled();
  fireEvent.click(screen.getByLabelText('不同意，或者与我无关'));
  asked.answer.mockRejectedValue(new RequestFailed({ code: 'proof.required' }));
  fireEvent.click(submit);
  await waitFor(() => expect(history.get()).toBe(at));
  expect(asked.answer).toHaveBeenCalledWith({
    matterId: 'matter-1',
    answer: 'no',
    by: 'face',
    password: '',
    code: '',
  });
});

test.each([
  ['answered already', view({ status: 'yes' })],
  ['of somebody below level 4', { ...view(), needsLevel: 4 }],
])('a matter %s takes no answer', async (_, found) => {
  asked.view.mockResolvedValue(found);
  open(at);
  await screen.findByText(/没有等您答复的这个事项/);
});

test('E-PWD-01: the reset names the ways that this portal has: neither mail nor WeChat, and no accounts from before 2019', async () => {
  open('/recovery');
  await screen.findByText(/三项都对才能往下走/);
  expect(document.body.textContent).not.toMatch(/邮箱|邮件、|微信|2019/);
});
