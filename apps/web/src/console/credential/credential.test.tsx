import { type CredentialGuide, credentialTexts } from '@shiming/domain';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { NetworkCredential } from '../../network-credential/page.tsx';
import { createMemoryHistory, MemoryRouter } from '../../router/memory.tsx';
import { Route } from '../../router/router.tsx';
import { CredentialPage } from './credential.tsx';
import { waitFor } from '../../testing-wait.ts';

const asked = vi.hoisted(() => ({
  current: { query: vi.fn<() => Promise<object>>() },
  save: { mutate: vi.fn<(input: object) => Promise<void>>() },
}));
vi.mock('../../api.ts', async (original) => ({
  ...(await original<object>()),
  api: { networkCredential: asked },
}));
vi.mock('../session/staff.tsx', () => ({ useStaff: () => ({ on: {} }) }));

function open(path: string): void {
  const history = createMemoryHistory();
  history.set({ value: path });
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/credential" component={CredentialPage} />
      <Route path="/network-credential" component={NetworkCredential} />
    </MemoryRouter>
  ));
}

test('an administrator begins with what the product says, and saves it as the next version', async () => {
  asked.current.query.mockResolvedValue({ version: 0, guide: null });
  open('/credential');
  const title = await screen.findByLabelText<HTMLTextAreaElement>('办法一：名称（中文）');
  expect(title.value).toBe('国家网络身份认证 App（从前叫 CTID）');
  fireEvent.input(screen.getByLabelText('核对日期'), { target: { value: '2024-05-06' } });
  fireEvent.input(title, { target: { value: '新名称 App' } });
  asked.save.mutate.mockResolvedValue();
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(asked.save.mutate).toHaveBeenCalled());
  expect(asked.save.mutate.mock.calls[0]?.[0]).toMatchObject({
    version: 0,
    checkedOn: '2024-05-06',
    firstTitleZh: '新名称 App',
  });
});

test('DOMAIN 15.1: the page shows what an administrator has saved, says that it is voluntary, and names the other way', async () => {
  const texts = credentialTexts.flatMap((text) => [
    [`${text}Zh`, `${text} 一\n${text} 二`],
    [`${text}En`, text],
  ]);
  const guide = { checkedOn: '2026-11-20', ...Object.fromEntries(texts) } as CredentialGuide;
  asked.current.query.mockResolvedValue({ version: 3, guide });
  open('/network-credential');
  expect(await screen.findByText('firstSteps 二')).toBeTruthy();
  expect(screen.getByText(/开通网证完全自愿/)).toBeTruthy();
  expect(screen.getByText(/核对于 2026 年 11 月 20 日/)).toBeTruthy();
  expect(screen.getByText(/可以申请人工审核/)).toBeTruthy();
});
