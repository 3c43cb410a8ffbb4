import { studentPortal } from '@shiming/domain';
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { createDocumentForm, DocumentFields } from '../registration/document-fields.tsx';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { EarlierNumber } from './real-name.tsx';

vi.mock('../portal.ts', async (original) => ({
  ...(await original<object>()),
  usePortal: () => ({ ...studentPortal, prefix: '' }),
}));

function Fields() {
  const form = createDocumentForm({ saved: null, submit: () => Promise.resolve(), on: {} });
  return <DocumentFields form={form} afterNumber={<EarlierNumber form={form} />} />;
}

const earlier = () => screen.queryByRole('textbox', { name: /旧卡号码/ });
const type = (number: string) =>
  fireEvent.input(screen.getByRole('textbox', { name: /证件号码/ }), { target: { value: number } });

test('DOMAIN 1.6: the number of an earlier card is asked for by the card that prints it, and by no other', () => {
  render(() => (
    <MemoryRouter>
      <Route path="/" component={Fields} />
    </MemoryRouter>
  ));
  type('110199199508150127');
  expect(earlier()).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: /外国人永久居留身份证/ }));
  type('UTO110105030112');
  expect(earlier()).toBeNull();
  type('91199920050301001X');
  expect(earlier()).not.toBeNull();
});
