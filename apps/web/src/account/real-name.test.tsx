import { studentPortal } from '@shiming/domain';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { RealName } from './real-name.tsx';

const asked = vi.hoisted(() => ({
  contact: { query: () => Promise.resolve({ maskedMobile: '' }) },
  give: { mutate: vi.fn<(typed: Record<string, unknown>) => Promise<void>>() },
  identityCheck: null as 'correctable' | null,
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { contact: { current: asked.contact }, identity: { give: asked.give } },
}));
vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...studentPortal, prefix: '' }),
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({
    current: () => ({
      missing: asked.identityCheck === null ? ['identity'] : [],
      identityCheck: asked.identityCheck,
      maskedName: null,
    }),
    refresh: () => Promise.resolve(),
  }),
}));

// jsdom does not scroll.
Element.prototype.scrollIntoView = () => {};

async function open(identityCheck: typeof asked.identityCheck) {
  asked.identityCheck = identityCheck;
  const history = createMemoryHistory();
  history.set({ value: '/account/identity' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/account/identity" component={RealName} />
    </MemoryRouter>
  ));
  await screen.findByRole('textbox', { name: /证件号码/ });
}
const type = (name: RegExp | string, value: string) =>
  fireEvent.input(screen.getByLabelText(name), { target: { value } });
const earlier = () => screen.queryByRole('textbox', { name: /旧卡号码/ });
const choose = (name: RegExp) => fireEvent.click(screen.getByRole('radio', { name }));

test('S-NAM-01: beside the document stand nickname and 户籍, and what a number does not say', async () => {
  await open(null);
  await screen.findByLabelText(/户籍所在地：省/);
  expect(screen.getByLabelText(/昵称/)).toBeTruthy();
  expect(screen.queryByRole('radio', { name: '女' })).toBeNull();
  choose(/护照/);
  await screen.findByRole('radio', { name: '女' });
  expect(screen.getByLabelText(/昵称/)).toBeTruthy();
  // Somebody with a passport may have no 户籍.
  expect(screen.queryByLabelText(/户籍所在地：省/)).toBeNull();
  choose(/军官证/);
  await screen.findByLabelText(/户籍所在地：省/);
});

test('S-NAM-01: what is missing beside the document is said before anything is confirmed', async () => {
  await open(null);
  await screen.findByLabelText(/户籍所在地：省/);
  fireEvent.submit(screen.getByLabelText(/昵称/).closest('form') ?? document.body);
  expect((await screen.findAllByText('请选择户籍所在的区县')).length).toBeGreaterThan(0);
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('S-NAM-03: a correction asks for the document alone, and sends nothing else', async () => {
  asked.give.mutate.mockResolvedValue();
  await open('correctable');
  expect(screen.queryByLabelText(/昵称/)).toBeNull();
  type('姓名', '林知远');
  type('证件号码', '110199199508150119');
  type('年', '2022');
  type('月', '03');
  type('日', '01');
  choose(/^20 年/);
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.submit(screen.getByLabelText('姓名').closest('form') ?? document.body);
  fireEvent.click(await screen.findByRole('button', { name: '是' }));
  await expect.poll(() => asked.give.mutate.mock.calls.length).toBe(1);
  const [sent] = asked.give.mutate.mock.calls[0] ?? [];
  expect(sent).toMatchObject({ name: '林知远', number: expect.stringContaining('110199') });
  expect([sent?.['nickname'], sent?.['householdRegion'], sent?.['sex']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('DOMAIN 1.6: the number of an earlier card is asked for by the card that prints it, and by no other', async () => {
  await open(null);
  type('证件号码', '110199199508150127');
  expect(earlier()).toBeNull();
  choose(/外国人永久居留身份证/);
  type('证件号码', 'UTO110105030112');
  expect(earlier()).toBeNull();
  type('证件号码', '91199920050301001X');
  expect(await screen.findByRole('textbox', { name: /旧卡号码/ })).not.toBeNull();
});
