import type { AppErrorData, StepId } from '@shiming/domain';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { attempt } from '../form/refusals.ts';
import { RequestFailed } from '../api.ts';
import { FlowNotice, RegistrationFlow, Step, useFlow } from './flow.tsx';
import type { Registration } from './steps.ts';
import { waitFor } from '../testing-wait.ts';

const current = vi.hoisted(() => ({ query: vi.fn<() => Promise<Registration | null>>() }));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { registration: { current } },
}));

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
  current.query.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function standing(step: StepId, hasPassword = true): Registration {
  return {
    step,
    verification: null,
    drawnFrom: 'id.1',
    identity: null,
    hasGuardian: false,
    hasPassword,
    contact: null,
    channel: 'sms',
    scene: null,
    code: null,
    remainingToday: 3,
    agreementVersion: '2026-11',
  };
}

const refusal = (app: AppErrorData) => new RequestFailed(app);

type Act = (flow: ReturnType<typeof useFlow>) => Promise<unknown>;

let pressed: Act | undefined;

/** A page that says its name; its button does what the test wants done there. */
function Bare(props: { name: string }) {
  const flow = useFlow();
  return (
    <>
      <h1>{props.name}</h1>
      <FlowNotice />
      <button type="button" onClick={() => void pressed?.(flow)}>
        act
      </button>
    </>
  );
}

const step = (name: Exclude<StepId, 'document'>) => () => (
  <Step name={name}>{() => <Bare name={name} />}</Step>
);

/** Opens a page of a registration that stands as told, and presses its button where there is something to do. */
async function open(path: string, registration: Registration | null, act?: Act) {
  current.query.mockResolvedValue(registration);
  pressed = act;
  const history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/register" component={RegistrationFlow}>
        <Route path="/" component={() => <Bare name="start" />} />
        <Route path="/document" component={() => <Bare name="document" />} />
        <Route path="/password" component={step('password')} />
        <Route path="/contact" component={step('contact')} />
        <Route path="/code" component={step('code')} />
        <Route path="/check" component={step('check')} />
        <Route path="/taken" component={() => <Bare name="taken" />} />
      </Route>
    </MemoryRouter>
  ));
  if (act !== undefined) fireEvent.click(await screen.findByText('act'));
}

const arrivedAt = (name: string) => screen.findByRole('heading', { name });

test('a step that is next or done opens without a word', async () => {
  await open('/register/password', standing('contact'));
  expect(await arrivedAt('password')).toBeTruthy();
  expect(document.querySelector('.note')).toBeNull();
});

test('a step that comes too early leads to the one that is next and says so', async () => {
  await open('/register/check', standing('contact'));
  expect(await arrivedAt('contact')).toBeTruthy();
  expect(screen.getByText(/请先完成/)).toBeTruthy();
});

test('without a registration a later step leads to the start and says so', async () => {
  await open('/register/code', null);
  expect(await arrivedAt('start')).toBeTruthy();
  expect(screen.getByText(/没有找到这次注册/)).toBeTruthy();
});

test('T-REG-12: the code page of a phone that is proved leads on without a word', async () => {
  await open('/register/code', standing('check'));
  expect(await arrivedAt('check')).toBeTruthy();
  expect(document.querySelector('.note')).toBeNull();
});

test('a step that was saved a moment ago and is not there says that the browser keeps no cookies', async () => {
  let failure: unknown;
  await open('/register/document', null, async (flow) => {
    flow.goOn(standing('password', false));
    failure = await attempt(
      () => Promise.reject(refusal({ code: 'registration.not_started' })),
      flow.on,
    );
  });
  await waitFor(() => expect(failure).toEqual({ failure: { code: 'cookies.blocked' } }));
});

test('after a step is saved the first step that is not done opens, and nothing is asked again', async () => {
  await open('/register/password', standing('password', false), async (flow) =>
    flow.goOn(standing('check')),
  );
  expect(await arrivedAt('check')).toBeTruthy();
  expect(current.query).toHaveBeenCalledOnce();
});

test('T-REG-16: a changed document number asks for the password again and says why', async () => {
  await open('/register/document', standing('check'), async (flow) =>
    flow.goOn(standing('password', false)),
  );
  expect(await arrivedAt('password')).toBeTruthy();
  expect(screen.getByText(/密码要重新设置/)).toBeTruthy();
});

test('T-REG-12: the step that is on the screen begins anew with what there is to say', async () => {
  await open('/register/contact', standing('contact'), async (flow) =>
    flow.goOn(standing('contact'), { tone: 'warn', said: () => '短信没有发出去' }),
  );
  expect(await screen.findByText('短信没有发出去')).toBeTruthy();
  expect(await arrivedAt('contact')).toBeTruthy();
});

test.each([
  [{ code: 'registration.not_started' }, 'start', /没有找到这次注册/],
  [{ code: 'registration.out_of_order', step: 'password' }, 'password', /请先完成/],
  [{ code: 'request.stale' }, 'contact', /在别处改过/],
] satisfies [AppErrorData, string, RegExp][])(
  'a refusal about the registration leads to where it goes on: %o',
  async (app, page, said) => {
    await open('/register/contact', standing('contact'), (flow) =>
      attempt(() => Promise.reject(refusal(app)), flow.on),
    );
    expect(await screen.findByText(said)).toBeTruthy();
    expect(await arrivedAt(page)).toBeTruthy();
  },
);

test('T-REG-16: a number that has an account leads to the page that explains it', async () => {
  await open('/register/check', standing('check'), (flow) =>
    attempt(() => Promise.reject(refusal({ code: 'registration.number_taken' })), flow.on),
  );
  expect(await arrivedAt('taken')).toBeTruthy();
});

test('every other refusal stays with the form', async () => {
  let left: unknown;
  await open('/register/contact', standing('contact'), async (flow) => {
    left = await attempt(() => Promise.reject(refusal({ code: 'service.unavailable' })), flow.on);
  });
  await waitFor(() => expect(left).toEqual({ failure: { code: 'service.unavailable' } }));
  expect(await arrivedAt('contact')).toBeTruthy();
});

test('a draft that cannot be fetched says why and can be asked for again', async () => {
  current.query.mockRejectedValueOnce(refusal({ code: 'service.unavailable' }));
  const history = createMemoryHistory();
  history.set({ value: '/register' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/register" component={RegistrationFlow}>
        <Route path="/" component={() => <h1>start</h1>} />
      </Route>
    </MemoryRouter>
  ));
  expect(await screen.findByText(/服务暂时不能用/)).toBeTruthy();
  current.query.mockResolvedValue(null);
  fireEvent.click(screen.getByText('再试一次'));
  expect(await arrivedAt('start')).toBeTruthy();
});
