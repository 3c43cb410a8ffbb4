import { createRoot } from 'solid-js';
import { beforeEach, expect, test } from 'vitest';
import { takeLinkSecret } from './link-secret.ts';

/** A page that opens, as one does after each load. */
async function opened(): Promise<string> {
  const secret = createRoot(() => takeLinkSecret());
  await Promise.resolve();
  return secret;
}

beforeEach(() => history.replaceState({ depth: 1 }, '', '/recovery/link'));

test('a page that is loaded again has the secret still, and its address never', async () => {
  history.replaceState({ depth: 1 }, '', '/recovery/link#account.secret');
  expect(await opened()).toBe('account.secret');
  expect(location.href).not.toContain('secret');
  expect(history.state).toMatchObject({ depth: 1 });
  expect(await opened()).toBe('account.secret');
  // Another link in the same tab is another one.
  history.replaceState(history.state, '', '/recovery/link#account.other');
  expect(await opened()).toBe('account.other');
});

test('the next page has none', async () => {
  history.replaceState(null, '', '/recovery/link#account.secret');
  await opened();
  history.pushState(null, '', '/login');
  expect(await opened()).toBe('');
});
