import { fireEvent, render, screen } from '@solidjs/testing-library';
import type { Component } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Home } from './home/home.tsx';
import { Login } from './login/login.tsx';
import { IdentifyPage } from './recovery/identify.tsx';
import { RegistrationFlow } from './registration/flow.tsx';
import { MemoryRouter } from './router/memory.tsx';
import { Route } from './router/router.tsx';
import { SessionProvider } from './session/session.tsx';
import { zh as verification } from './verification/verification.zh.ts';

vi.mock('./api.ts', async (original) => {
  const nobody = { query: () => Promise.resolve(null) };
  const links = {
    manuals: { certification: 'https://example.cn/manual' },
    ownCertificate: 'https://example.cn/own',
    anyCertificate: 'https://example.cn/any',
    news: null,
    weChatService: 'https://example.cn/service',
    weChatSubscription: 'https://example.cn/subscription',
  };
  return {
    ...(await original<object>()),
    api: {
      session: { current: nobody },
      registration: { current: nobody },
      operator: {
        current: {
          query: () => Promise.resolve({ others: [], links, takesMinistryAccounts: true }),
        },
      },
      puzzle: { draw: { mutate: () => new Promise(() => {}) } },
    },
  };
});
// There is no canvas.
vi.mock('./shared/qr-image.ts', () => ({ qrImage: () => 'data:,' }));
vi.stubGlobal('scrollTo', () => {});

const open = (page: Component) =>
  render(() => (
    <SessionProvider>
      <MemoryRouter>
        <Route path="/" component={page} />
      </MemoryRouter>
    </SessionProvider>
  ));
const addressOf = (name: string) =>
  screen.getByRole('link', { name: (of) => of.startsWith(name) }).getAttribute('href');

test('T-ENT-08: the home page leads to the manual of each entry and to the certificates, where the operator names them', async () => {
  open(Home);
  await screen.findByText('证书查询：本人查询');
  expect(addressOf('教师资格认定申请人使用手册')).toBe('https://example.cn/manual');
  expect(addressOf('证书查询：本人查询')).toBe('https://example.cn/own');
  expect(addressOf('证书查询：其他查询')).toBe('https://example.cn/any');
  expect(screen.queryByRole('link', { name: '资讯' })).toBeNull();
});

test('T-LOG-02, T-LOG-02a: the login page has its links, the hints of the manual, and the codes of both WeChat accounts', async () => {
  open(Login);
  const summary = await screen.findByText('扫码关注公众号');
  expect(addressOf('返回主页')).toBe('/');
  expect(addressOf('教育部账号登录')).toBe('/login/ministry');
  expect(screen.getAllByRole('listitem')).toHaveLength(4);
  expect(screen.getByText(/在微信里关注服务号/)).toBeTruthy();
  const details = summary.closest('details');
  if (details === null) throw new Error('no details');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  const codes = (await screen.findAllByRole('img')).map((image) => image.getAttribute('alt'));
  expect(codes).toEqual(['服务号「中国教师资格」的二维码', '订阅号的二维码']);
});

test('T-PWD-01a, T-ENT-05: the reset begins with the rule of 2019, the three ways, and where to write', async () => {
  open(IdentifyPage);
  const [first, second, third] = await screen.findAllByRole('listitem');
  expect(first?.textContent).toContain('2019 年 3 月 1 日之前注册的账号，不能重置密码');
  expect(second?.textContent).toMatch(/邮件、短信.*微信/);
  expect(third?.querySelector('a')?.getAttribute('href')).toBe('/tickets/new');
  expect(addressOf('注册的手机号码已不用了？')).toBe('/help#recovery');
});

test('T-ENT-05: each page of a registration leads to its part of the questions', async () => {
  open(() => (
    <RegistrationFlow>
      <h1>身份证件</h1>
    </RegistrationFlow>
  ));
  await screen.findByRole('heading');
  expect(addressOf('常见问题：注册账号')).toBe('/help#registration');
});

test('T-VER-05a: the six instructions of the manual stand beside the form of the check', () => {
  const notes = verification.noteList({
    perDay: 3,
    services: '教师资格',
    page: '学历学籍信息',
    signsIn: true,
    workingDays: 7,
  });
  for (const said of [
    /之前必须做实名核验/,
    /每天最多可以核验 3 次.*与登录信息一致/,
    /近期发生过变化.*可以开通网证/,
    /进入“人工审核”/,
    /仅能保证 7 个工作日内给出结论/,
    /各可以申请三次人工审核/,
  ]) {
    expect(notes.filter((note) => said.test(note))).toHaveLength(1);
  }
});
