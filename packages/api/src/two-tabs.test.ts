import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseDrawnFrom } from './drawn-from.ts';
import {
  citizenWith,
  createBrowser,
  passwordAnswers,
  profileAnswersOf,
  recoveryAnswersOf,
  register,
  succeeded,
  type TestBrowser,
  ticketFor,
} from './testing/index.ts';

let world: TestWorld;
let browser: TestBrowser;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  browser = createBrowser(world, 'device-1');
});

const first = () => citizenWith(world, { name: '林知远' });
const second = () => citizenWith(world, { name: '沈秀兰' });
const refused = { app: { code: 'page.superseded' } };

/** Sends what the page in one tab sends, which says what it shows; both tabs have the browser's cookies. */
async function from(shown: string | undefined, path: string, input?: unknown) {
  if (shown === undefined) delete browser.drawnFrom.header;
  else browser.drawnFrom.header = shown;
  return browser.call(path, input);
}
/** What a page that starts shows. */
async function shownBy(router: 'registration' | 'recovery' | 'session'): Promise<string> {
  const now = succeeded(await from(undefined, `${router}.current`)) as { drawnFrom: string };
  return `${router === 'session' ? 'account' : router}=${now.drawnFrom}`;
}
const nameInDraft = async () => {
  const now = succeeded(await from(undefined, 'registration.current'));
  return (now as { identity: { name: string } }).identity.name;
};

describe('two tabs of one browser, two people who register', () => {
  test('the second begins a registration of their own, and the first tab goes on with nobody’s', async () => {
    succeeded(
      await from('registration=none', 'registration.saveDocument', documentAnswersOf(first())),
    );
    const mine = await shownBy('registration');
    succeeded(
      await from('registration=none', 'registration.saveDocument', documentAnswersOf(second())),
    );
    expect(await world.ctx().db.all('select id from registration')).toHaveLength(2);
    const steps: [string, unknown][] = [
      ['saveDocument', documentAnswersOf(first())],
      ['savePassword', passwordAnswers],
      ['sendCode', { email: 'x@example.com', mobile: first().mobile, ticket: 'one' }],
      ['sendWeChatCode', { email: 'x@example.com', mobile: first().mobile, ticket: 'one' }],
      ['proveContact', { code: '123456' }],
      ['submit', { hasAgreed: true }],
      ['discard', undefined],
      ['current', undefined],
    ];
    for (const [step, input] of steps) {
      expect(await from(mine, `registration.${step}`, input)).toMatchObject(refused);
    }
    expect(await nameInDraft()).toBe('沈秀兰');
    succeeded(
      await from(await shownBy('registration'), 'registration.savePassword', passwordAnswers),
    );
  });

  test('of one person, the tab that is behind is refused, and the other goes on', async () => {
    succeeded(
      await from('registration=none', 'registration.saveDocument', documentAnswersOf(first())),
    );
    const before = await shownBy('registration');
    succeeded(await from(before, 'registration.savePassword', passwordAnswers));
    expect(
      await from(before, 'registration.saveDocument', documentAnswersOf(second())),
    ).toMatchObject(refused);
    expect(await nameInDraft()).toBe('林知远');
  });
});

test('two people who reset in two tabs: the first tab sends nothing to the second person', async () => {
  for (const citizen of [first(), second()]) {
    await register(createBrowser(world, 'elsewhere').call, world, citizen);
  }
  world.advance(2 * 60_000);
  const identify = async (citizen: ReturnType<typeof first>) =>
    succeeded(
      await from(
        undefined,
        'recovery.identify',
        await recoveryAnswersOf(browser.call, world, citizen),
      ),
    );
  await identify(first());
  const mine = await shownBy('recovery');
  await identify(second());
  const sent = () => world.sandbox.phone.messages(second().mobile).length;
  const before = sent();
  const ticket = await ticketFor(browser.call, world, 'recover');
  for (const step of ['sendCode', 'sendLink', 'sendWeChatScene'] as const) {
    expect(await from(mine, `recovery.${step}`, { ticket })).toMatchObject(refused);
  }
  expect(await from(mine, 'recovery.current')).toMatchObject(refused);
  const reset = { code: '123456', ...passwordAnswers };
  expect(await from(mine, 'recovery.resetPassword', reset)).toMatchObject(refused);
  expect(sent()).toBe(before);
  succeeded(await from(await shownBy('recovery'), 'recovery.sendCode', { ticket }));
});

test('a page of somebody who is signed in does nothing once another is signed in at the browser', async () => {
  const people = [
    citizenWith(world, { name: '何俊彦' }),
    citizenWith(world, { name: '欧阳若澄' }),
  ] as const;
  await register(browser.call, world, people[0]);
  const mine = await shownBy('session');
  await register(browser.call, world, people[1]);
  for (const [path, input] of [
    ['profile.view', undefined],
    ['profile.save', profileAnswersOf(people[0])],
    ['session.endAll', undefined],
  ] as const) {
    expect(await from(mine, path, input)).toMatchObject(refused);
  }
  succeeded(await from(await shownBy('session'), 'profile.view'));
});

test('a header that is none, or too long, says nothing', () => {
  const unknown = { account: undefined, registration: undefined, recovery: undefined };
  for (const header of [undefined, '', ';;', '=', 'x=y', `${'a'.repeat(300)};account=b`]) {
    expect(parseDrawnFrom(header)).toEqual(unknown);
  }
  expect(parseDrawnFrom('account=a;registration=b.2;recovery=none')).toEqual({
    account: 'a',
    registration: 'b.2',
    recovery: 'none',
  });
});
