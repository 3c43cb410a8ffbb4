import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { createMemoryHistory, MemoryRouter } from '../../router/memory.tsx';
import { Route } from '../../router/router.tsx';
import { WindowPage } from './window.tsx';

const asked = vi.hoisted(() => ({
  open: { mutate: vi.fn<(input: object) => Promise<object>>() },
  decide: { mutate: vi.fn<(input: object) => Promise<void>>() },
  list: { query: vi.fn<() => Promise<object>>() },
}));
vi.mock('../../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { window: asked },
}));
vi.mock('../session/staff.tsx', () => ({ useStaff: () => ({ on: {}, may: () => true }) }));

test('E-WIN-01: a clerk opens a ticket by its code, compares, and records the outcome with a reason', async () => {
  asked.list.query.mockResolvedValue({ window: '11000001', decisions: [] });
  const history = createMemoryHistory();
  history.set({ value: '/window' });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/window" component={WindowPage} />
    </MemoryRouter>
  ));
  await screen.findByText('窗口 11000001 最近的记录');
  asked.open.mutate.mockResolvedValue({
    ticketId: 'ticket-1',
    version: 4,
    check: 'face',
    portal: { zh: '登记注册身份验证', en: 'Business Registration Identity' },
    identity: {
      type: 'resident_identity_card',
      name: '林知远',
      number: '110199199508150119',
      validity: { start: '2022-03-01', end: null, term: 'long_term' },
    },
    expiresAtMs: 0,
    lastCheck: { status: 'mismatched', atMs: 1 },
  });
  fireEvent.input(screen.getAllByLabelText('凭条编号')[0] as HTMLElement, {
    target: { value: '7kqm3xvt' },
  });
  fireEvent.click(screen.getByRole('button', { name: '打开凭条' }));
  await screen.findByText('110199 19950815 0119');
  expect(asked.open.mutate).toHaveBeenCalledWith({ code: '7kqm3xvt' });
  // Without a reason nothing is recorded.
  fireEvent.click(screen.getByRole('button', { name: '记录核对结果' }));
  expect(asked.decide.mutate).not.toHaveBeenCalled();
  fireEvent.click(screen.getByLabelText('不通过：不是证件上的人'));
  asked.decide.mutate.mockResolvedValue();
  asked.list.query.mockResolvedValue({
    window: '11000001',
    decisions: [
      {
        code: '7KQM-3XVT',
        check: 'face',
        status: 'refused',
        reason: 'not_the_person',
        decidedAtMs: 1,
        clerk: '窗口一',
      },
    ],
  });
  fireEvent.click(screen.getByRole('button', { name: '记录核对结果' }));
  await screen.findByText('已记录。请本人在手机上查看结果。');
  expect(asked.decide.mutate).toHaveBeenCalledWith({
    ticketId: 'ticket-1',
    version: 4,
    outcome: 'refused',
    reason: 'not_the_person',
  });
  await screen.findByText('7KQM-3XVT');
  expect(screen.queryByText('110199 19950815 0119')).toBeNull();
});
