import { fireEvent, render, screen, within } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { GiveConsent } from './give-consent.tsx';
import { waitFor } from '../testing-wait.ts';

vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { data: { giveConsent: { mutate: () => Promise.resolve() } } },
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({ current: () => ({ hasAgreed: true }), refresh: () => Promise.resolve() }),
}));
// jsdom has no dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

async function agree(onGiven: () => Promise<void>): Promise<void> {
  render(() => (
    <MemoryRouter history={createMemoryHistory()}>
      <Route
        path="/"
        component={() => (
          <>
            <h1 tabindex="-1">title</h1>
            <GiveConsent consent={{ kind: 'document_number' }} onGiven={onGiven} />
            <input aria-label="next" />
          </>
        )}
      />
    </MemoryRouter>
  ));
  fireEvent.click(await screen.findByRole('button', { name: /^同意/ }));
  const dialog = within(await screen.findByRole('alertdialog'));
  fireEvent.click(dialog.getByRole('button', { name: '同意' }));
}

test('after a consent the focus goes to the title, unless the person has gone on meanwhile', async () => {
  const gate: { open?: () => void } = {};
  await agree(() => new Promise((resolve) => (gate.open = resolve)));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  screen.getByLabelText('next').focus();
  gate.open?.();
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  expect(document.activeElement).toBe(screen.getByLabelText('next'));
});

test('after a consent the focus is not lost', async () => {
  await agree(() => Promise.resolve());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading')));
});
