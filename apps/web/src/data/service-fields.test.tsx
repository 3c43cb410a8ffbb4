import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { waitFor } from '../testing-wait.ts';

const asked = vi.hoisted(() => ({
  terms: vi.fn<() => Promise<object>>(),
  give: vi.fn<(input: object) => Promise<void>>(),
}));
vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { data: { giveConsent: { mutate: asked.give } }, entry: { terms: { query: asked.terms } } },
}));
vi.mock('../session/session.tsx', () => ({
  useSession: () => ({ current: () => ({ hasAgreed: true }), refresh: () => Promise.resolve() }),
}));
// jsdom has no dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

async function open(terms: object) {
  asked.terms.mockResolvedValue(terms);
  asked.give.mockResolvedValue();
  render(() => (
    <MemoryRouter history={createMemoryHistory()}>
      <Route
        path="/"
        component={() => (
          <ConsentDialog
            consent={{ kind: 'service', serviceId: 'certification' }}
            isWithdrawal={false}
            onCancel={() => {}}
            onDone={() => Promise.resolve()}
          />
        )}
      />
    </MemoryRouter>
  ));
  const dialog = within(await screen.findByRole('alertdialog'));
  const agree = await dialog.findByRole('button', { name: '同意' });
  return { dialog, agree };
}
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

test('a person agrees to what a service needs, and to nothing else that they have not ticked', async () => {
  const { dialog, agree } = await open({
    required: ['name', 'document'],
    optional: ['mobile', 'email'],
    given: null,
  });
  expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    '姓名',
    '证件类型和证件号码',
    '实名等级',
  ]);
  expect(dialog.getByText(/以后这些信息有变动.*也会通知它，直到您撤回/)).toBeTruthy();
  fireEvent.click(dialog.getByLabelText(/邮箱/));
  fireEvent.click(agree);
  await waitFor(() => expect(asked.give).toHaveBeenCalled());
  expect(asked.give.mock.calls[0]?.[0]).toMatchObject({
    kind: 'service',
    serviceId: 'certification',
    fields: ['name', 'document', 'email'],
  });
});

test('a change begins with what was agreed to, and a service that needs nothing names nothing', async () => {
  const { dialog, agree } = await open({ required: [], optional: ['mobile'], given: ['mobile'] });
  expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['实名等级']);
  fireEvent.click(dialog.getByLabelText(/手机号码/));
  fireEvent.click(agree);
  await waitFor(() => expect(asked.give).toHaveBeenCalled());
  expect(asked.give.mock.calls[0]?.[0]).toMatchObject({ fields: [] });
});
