import type { AppErrorData } from '@shiming/domain';
import { type Answers, parseContactAnswers, teacherPortal } from '@shiming/domain';
import { createRoot } from 'solid-js';
import { describe, expect, test } from 'vitest';
import { RequestFailed } from '../api.ts';
import { createForm } from './create-form.ts';
import { at } from './refusals.ts';

const submitEvent = () => new Event('submit', { cancelable: true }) as SubmitEvent;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function refusal(app: AppErrorData): Error {
  return new RequestFailed(app);
}

function contactForm(submit: () => Promise<void> = async () => {}) {
  return createRoot(() =>
    createForm({
      initial: { email: '', mobile: '' },
      validate: (typed) => parseContactAnswers(typed, teacherPortal),
      submit,
      on: { 'code.day_limit': at('mobile') },
    }),
  );
}

describe('createForm', () => {
  test('UX-01: nothing is refused before the first submit', () => {
    const form = contactForm();
    form.field('mobile').set('12');
    expect(form.problems()).toEqual([]);
  });

  test('UX-02: a failed submit names every refused field in the order of the page, keeps the values and sends nothing', () => {
    let sent = 0;
    const form = contactForm(async () => {
      sent += 1;
    });
    form.field('mobile').set('12');
    form.submit(submitEvent());
    expect(form.problems()).toEqual([
      { name: 'email', problem: 'email.missing' },
      { name: 'mobile', problem: 'mobile.format' },
    ]);
    expect(form.failedSubmits()).toBe(1);
    expect(form.values).toEqual({ email: '', mobile: '12' });
    expect(sent).toBe(0);
  });

  test('UX-07: after a failed submit an error goes as soon as its field is right, and others stay', () => {
    const form = contactForm();
    form.submit(submitEvent());
    form.field('mobile').set('13900000082');
    expect(form.problems()).toEqual([{ name: 'email', problem: 'email.missing' }]);
  });

  test('T-REG-09: fields that the server refuses are shown at the fields', async () => {
    const form = contactForm(() =>
      Promise.reject(refusal({ code: 'input.invalid', fields: { email: 'email.qq_alias' } })),
    );
    form.field('email').set('a@example.com');
    form.field('mobile').set('13900000082');
    form.submit(submitEvent());
    await settled();
    expect(form.problems()).toEqual([{ name: 'email', problem: 'email.qq_alias' }]);
    expect(form.isSubmitting()).toBe(false);
  });

  test('T-REG-09: what the server refused stays while another field is edited, and goes with its own', async () => {
    const form = contactForm(() =>
      Promise.reject(refusal({ code: 'input.invalid', fields: { email: 'email.qq_alias' } })),
    );
    form.field('email').set('a@example.org');
    form.field('mobile').set('13900000082');
    form.submit(submitEvent());
    await settled();
    form.field('mobile').set('13900000083');
    expect(form.problems()).toEqual([{ name: 'email', problem: 'email.qq_alias' }]);
    form.field('email').set('b@example.org');
    expect(form.problems()).toEqual([]);
  });

  test('T-REG-12: a refusal that belongs to a field is shown there, another one for the whole form', async () => {
    const refusals: AppErrorData[] = [
      { code: 'code.day_limit', limit: 3, resumesAtMs: 0 },
      { code: 'service.unavailable' },
    ];
    const form = contactForm(() =>
      Promise.reject(refusal(refusals.shift() ?? { code: 'request.stale' })),
    );
    form.field('email').set('a@example.com');
    form.field('mobile').set('13900000082');
    form.submit(submitEvent());
    await settled();
    expect(form.field('mobile').problem()).toMatchObject({ code: 'code.day_limit' });
    form.submit(submitEvent());
    await settled();
    expect(form.problems()).toEqual([]);
    expect(form.failure()).toEqual({ code: 'service.unavailable' });
  });

  test('a request that got no answer is told as the network’s failure, never as a field’s', async () => {
    const form = contactForm(() => Promise.reject(new TypeError('Failed to fetch')));
    form.field('email').set('a@example.com');
    form.field('mobile').set('13900000082');
    form.submit(submitEvent());
    await settled();
    expect(form.failure()).toEqual({ code: 'network.unreachable' });
  });

  test('UX-08: while one submit is under way another one sends nothing', async () => {
    let sent = 0;
    const form = contactForm(async () => {
      sent += 1;
      await settled();
    });
    form.field('email').set('a@example.com');
    form.field('mobile').set('13900000082');
    form.submit(submitEvent());
    form.submit(submitEvent());
    expect(form.isSubmitting()).toBe(true);
    await settled();
    await settled();
    expect(sent).toBe(1);
  });

  test('T-REG-11: what is good for one request is emptied when the server refuses, not when it was not reached', async () => {
    const failures = [new TypeError('Failed to fetch'), refusal({ code: 'service.unavailable' })];
    const form = createRoot(() =>
      createForm({
        initial: { ticket: '' },
        validate: (): Answers<null> => ({ ok: true, value: null }),
        submit: () => Promise.reject(failures.shift()),
        spends: 'ticket',
      }),
    );
    form.field('ticket').set('ticket-1');
    form.submit(submitEvent());
    await settled();
    expect(form.values.ticket).toBe('ticket-1');
    form.submit(submitEvent());
    await settled();
    expect(form.values.ticket).toBe('');
  });

  test('values that are objects are replaced as a whole', () => {
    const form = createRoot(() =>
      createForm({
        initial: { start: { year: '', month: '', day: '' } },
        validate: (): Answers<null> => ({ ok: true, value: null }),
        submit: async () => {},
      }),
    );
    form.field('start').set({ year: '2019', month: '12', day: '24' });
    expect(form.values.start).toEqual({ year: '2019', month: '12', day: '24' });
  });
});
