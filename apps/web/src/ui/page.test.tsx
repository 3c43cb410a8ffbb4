import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { createForm } from '../form/create-form.ts';
import { createMemoryHistory, MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { waitFor } from '../testing-wait.ts';
import { FormBody } from './form-body.tsx';
import { Page } from './page.tsx';

afterEach(cleanup);
// jsdom does not scroll.
Element.prototype.scrollIntoView = () => {};

function Refused(props: { isPart: boolean }) {
  const form = createForm({
    initial: { answer: '' },
    validate: ({ answer }) =>
      answer === ''
        ? { ok: false as const, fields: { answer: 'password.missing' as const } }
        : { ok: true as const, value: answer },
    submit: () => Promise.resolve(),
  });
  return (
    <Page title="t" {...(props.isPart ? {} : { form })}>
      <FormBody of={form} isPart={props.isPart} submit="go">
        <button type="button" onClick={() => form.field('answer').set('a')}>
          type
        </button>
      </FormBody>
    </Page>
  );
}

test.each([false, true])(
  'UX-02: the title of the document says that something has to be changed, of a part of the page too (%s)',
  async (isPart) => {
    render(() => (
      <MemoryRouter history={createMemoryHistory()}>
        <Route path="/" component={() => <Refused isPart={isPart} />} />
      </MemoryRouter>
    ));
    fireEvent.click(await screen.findByRole('button', { name: 'go' }));
    await waitFor(() => expect(document.title).toMatch(/^错误：t - /));
    fireEvent.click(screen.getByRole('button', { name: 'type' }));
    await waitFor(() => expect(document.title).toMatch(/^t - /));
  },
);
