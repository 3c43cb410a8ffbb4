import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { RegistrationCode } from './code.tsx';
import { RegistrationFlow, Step } from './flow.tsx';
import type { Registration } from './steps.ts';

const current = vi.hoisted(() => ({ query: vi.fn<() => Promise<Registration | null>>() }));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { registration: { current } },
}));

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const standing = (step: 'code' | 'password'): Registration => ({
  step,
  verification: null,
  drawnFrom: 'id.1',
  identity: null,
  hasGuardian: false,
  hasPassword: false,
  contact: { email: 'someone@example.com', mobile: '' },
  channel: 'mail',
  scene: null,
  code: null,
  remainingToday: 3,
  agreementVersion: '2026-11',
});

test('S-REG-03: a look for the activation that answers late takes nothing from the page that it went on to', async () => {
  const answers: ((now: Registration) => void)[] = [];
  current.query.mockResolvedValueOnce(standing('code'));
  current.query.mockImplementation(() => new Promise((answer) => answers.push(answer)));
  const history = createMemoryHistory();
  history.set({ value: '/register/code' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/register" component={RegistrationFlow}>
        <Route path="/code" component={RegistrationCode} />
        <Route
          path="/password"
          component={() => <Step name="password">{() => <input aria-label="password" />}</Step>}
        />
      </Route>
    </MemoryRouter>
  ));
  await screen.findByRole('heading', { level: 1, name: '等待激活' });
  // The person comes back to the tab, and again, before the first look is answered.
  document.dispatchEvent(new Event('visibilitychange'));
  document.dispatchEvent(new Event('visibilitychange'));
  answers[0]?.(standing('password'));
  const field = await screen.findByLabelText('password');
  fireEvent.input(field, { target: { value: 'typed' } });
  for (const answer of answers) answer(standing('password'));
  await Promise.resolve();
  await Promise.resolve();
  expect(screen.getByLabelText<HTMLInputElement>('password').value).toBe('typed');
});
