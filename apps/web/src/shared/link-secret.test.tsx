import { render } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { A, Route } from '../router/router.tsx';
import { takeLinkSecret } from './link-secret.ts';

/** The site, opened where the history is. */
function opened(history: ReturnType<typeof createMemoryHistory>): string[] {
  const taken: string[] = [];
  const Taking = () => {
    taken.push(takeLinkSecret());
    return <A href="/login">login</A>;
  };
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/" component={() => <A href="/recovery/link#account.clicked">link</A>} />
      <Route path="/recovery/link" component={Taking} />
      <Route path="/login" component={Taking} />
    </MemoryRouter>
  ));
  return taken;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a page that is loaded again has the secret still, and its address never', async () => {
  const history = createMemoryHistory();
  history.set({ value: '/recovery/link#account.secret' });
  expect(opened(history)).toEqual(['account.secret']);
  await settled();
  expect(history.entries()).toEqual(['/recovery/link']);
  expect(opened(history)).toEqual(['account.secret']);
});

test('a link of this site has its secret too, which no address ever has, and the next page has none', async () => {
  const history = createMemoryHistory();
  const taken = opened(history);
  document.querySelector('a')?.click();
  await settled();
  expect(taken).toEqual(['account.clicked']);
  expect(history.entries()).toEqual(['/', '/recovery/link']);
  document.querySelector('a')?.click();
  await settled();
  expect(taken).toEqual(['account.clicked', '']);
});
