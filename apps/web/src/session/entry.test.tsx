import { render, screen } from '@solidjs/testing-library';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { entryPath, forgetEntry } from './entry.ts';
import { EntryLine } from './entry-line.tsx';

async function open(path: string): Promise<string> {
  const history = createMemoryHistory();
  history.set({ value: path });
  const { unmount } = render(() => (
    <MemoryRouter
      history={history}
      root={(props) => (
        <main>
          <EntryLine />
          {props.children}
        </main>
      )}
    >
      <Route path="*" component={() => <h1>page</h1>} />
    </MemoryRouter>
  ));
  await screen.findByRole('heading');
  const line = document.querySelector('.step')?.textContent ?? '';
  unmount();
  return line;
}

test('T-ENT-06: the entry that was chosen is named until its service, and forgotten with the session', async () => {
  onTestFinished(forgetEntry);
  expect(await open('/login')).toBe('');
  expect(await open('/login?next=%2Fservices%2Fcertification')).toBe(
    '欢迎使用中国教师资格网 认定登录入口',
  );
  for (const path of ['/register', '/register/code', '/recovery', '/account/profile']) {
    expect(await open(path)).toBe('正在办理：教师资格认定');
  }
  expect(await open('/')).toBe('');
  expect(entryPath()).toBe('/services/certification');
  expect(await open('/services/periodic-registration')).toBe('');
  expect(await open('/account/verification')).toBe('正在办理：中小学教师资格定期注册');
  expect(await open('/login?next=%2Fservices%2Fnowhere')).toContain('定期注册登录入口');
  forgetEntry();
  expect(await open('/login')).toBe('');
  expect(entryPath()).toBeUndefined();
});
