import { afterEach, expect, test, vi } from 'vitest';
import { api, appErrorOf, failureOf, send } from './api.ts';
import { nowShows } from './drawn-from.ts';

afterEach(() => vi.unstubAllGlobals());

/** Lets the server answer, and returns what it was asked. */
function answering(answer: () => Response): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push(new Request(new URL(path, 'https://account.example'), init));
    return answer();
  });
  return asked;
}

const ok = (data: unknown) => () => Response.json({ result: { data } });

test('a query brings its input in the address, a mutation in the body', async () => {
  const asked = answering(ok({ id: 'a&b' }));
  expect(await api.entry.enter.query({ serviceId: 'a&b' })).toEqual({ id: 'a&b' });
  await api.session.current.query();
  await api.contact.openUndo.mutate({ secret: 'a&b' });
  await api.session.extend.mutate();
  await api.staff.passkeys.list.query();
  expect(asked.map(({ method, url }) => `${method} ${url.replace(/^.*?\/trpc/, '')}`)).toEqual([
    'GET /entry.enter?input=%7B%22serviceId%22%3A%22a%26b%22%7D',
    'GET /session.current',
    'POST /contact.openUndo',
    'POST /session.extend',
    'GET /staff.passkeys.list',
  ]);
  expect(await asked[2]?.json()).toEqual({ secret: 'a&b' });
  // The server takes no other type, with a body or without.
  expect(asked[3]?.headers.get('content-type')).toBe('application/json');
});

test('every request says what the tab shows, a file too', async () => {
  const asked = answering(ok(null));
  nowShows('account', 'a');
  await send('/photos/claim', { method: 'PUT', headers: { 'content-type': 'image/jpeg' } });
  await api.session.extend.mutate();
  nowShows('account');
  expect(asked.map(({ headers }) => headers.get('x-drawn-from'))).toEqual([
    'account=a',
    'account=a',
  ]);
  expect(asked[0]?.headers.get('content-type')).toBe('image/jpeg');
});

test('a refusal is thrown with what the server says', async () => {
  const app = { code: 'code.wrong', triesLeft: 2 };
  answering(() => Response.json({ error: { message: '', data: { app } } }, { status: 400 }));
  const error: unknown = await api.session.current.query().catch((thrown: unknown) => thrown);
  expect(appErrorOf(error)).toEqual(app);
});

test.each([
  ['no answer', () => Response.error()],
  ['an answer of something between', () => new Response('<html>', { status: 502 })],
  ['an answer in another form', () => Response.json({ error: 'gateway' }, { status: 502 })],
])('%s is a failure of the network', async (_, answer) => {
  answering(answer);
  const error: unknown = await api.session.current.query().catch((thrown: unknown) => thrown);
  expect(failureOf(error)).toEqual({ code: 'network.unreachable' });
});
