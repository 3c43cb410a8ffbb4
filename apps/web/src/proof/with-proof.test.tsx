import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import type { AppErrorData } from '@shiming/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { RequestFailed } from '../api.ts';
import { attempt } from '../form/refusals.ts';
import { SessionProvider } from '../session/session.tsx';
import { goOnAfterProof, noteProof, typedBefore, useProved } from './with-proof.ts';
import { waitFor } from '../testing-wait.ts';

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ result: { data: null } })));
});
afterEach(() => {
  cleanup();
  asked.mockClear();
  vi.unstubAllGlobals();
});

const refused = (app: AppErrorData) => Promise.reject(new RequestFailed(app));

/** Called with what is left to say. */
const asked = vi.fn<(left: unknown) => void>();

function Asking(props: { refusal: AppErrorData }) {
  const proved = useProved((sent: string) => sent);
  const ask = () => attempt(() => refused(props.refusal), proved, '13912345678');
  return (
    <button type="button" onClick={() => void ask().then(asked)}>
      修改
    </button>
  );
}

async function ask(refusal: AppErrorData): Promise<string> {
  const history = createMemoryHistory();
  history.set({ value: '/account/mobile?from=security' });
  render(() => (
    <SessionProvider>
      <MemoryRouter history={history}>
        <Route path="/account/mobile" component={() => <Asking refusal={refusal} />} />
        <Route path="*" component={() => <h1>别处</h1>} />
      </MemoryRouter>
    </SessionProvider>
  ));
  fireEvent.click(await screen.findByRole('button', { name: '修改' }));
  await waitFor(() => expect(asked).toHaveBeenCalled());
  return history.get();
}

test('T-PRO-05: without a proof one is led to where it is taken, and what was typed waits at the page, once', async () => {
  await ask({ code: 'proof.required' });
  await screen.findByRole('heading', { name: '别处' });
  expect(typedBefore('/account/email')).toBeUndefined();
  expect(typedBefore('/account/mobile')).toBe('13912345678');
  expect(typedBefore('/account/mobile')).toBeUndefined();
});

test('T-PRO-05: another refusal leads nowhere', async () => {
  expect(await ask({ code: 'code.day_limit', limit: 3, resumesAtMs: 0 })).toBe(
    '/account/mobile?from=security',
  );
  expect(typedBefore('/account/mobile')).toBeUndefined();
});

function Acting(props: { act(): Promise<void> }) {
  goOnAfterProof('/account/mobile', '13912345678', () => props.act());
  return null;
}

test.each([true, false])(
  'what a page was left for is done when it is back, once, where the proof was given: %s',
  async (isGiven) => {
    const act = vi.fn<() => Promise<void>>(() => Promise.resolve());
    await ask({ code: 'proof.required' });
    if (isGiven) noteProof();
    render(() => <Acting act={act} />);
    render(() => <Acting act={act} />);
    expect(act).toHaveBeenCalledTimes(isGiven ? 1 : 0);
  },
);
