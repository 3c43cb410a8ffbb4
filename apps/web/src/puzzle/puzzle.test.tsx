import type { AppErrorData } from '@shiming/domain';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createRoot } from 'solid-js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RequestFailed } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { type Drawn, Puzzle, type PuzzleCalls } from './puzzle.tsx';
import { isHeavyAsked, onTicket, setHeavyAsked } from './with-ticket.ts';
import { waitFor } from '../testing-wait.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

function refusal(app: AppErrorData): Error {
  return new RequestFailed(app);
}

function show(
  solve: PuzzleCalls['solve'],
  held: Drawn[] = [],
  submit: () => Promise<void> = async () => {},
) {
  let count = 0;
  const load = vi.fn<PuzzleCalls['load']>(async () => {
    const instead = held.shift();
    if (instead !== undefined) return instead;
    count += 1;
    return {
      way: 'picture',
      puzzleId: `puzzle-${count}`,
      backgroundUrl: pixel,
      pieceUrl: pixel,
      width: 320,
      height: 160,
      pieceSize: 50,
      y: 40,
    };
  });
  const loadProofOfWork = vi.fn<PuzzleCalls['loadProofOfWork']>(() =>
    Promise.reject(new Error('not asked')),
  );
  const form = createRoot(() =>
    createForm({
      initial: { ticket: '' },
      validate: () => ({ ok: true }),
      submit,
      on: onTicket,
      spends: 'ticket',
    }),
  );
  render(() => (
    <Puzzle
      load={load}
      solve={solve}
      loadProofOfWork={loadProofOfWork}
      solveProofOfWork={() => Promise.reject(new Error('not asked'))}
      field={form.field('ticket')}
    />
  ));
  return { load, loadProofOfWork, form };
}

const slider = () => screen.getByRole('slider');
const press = (key: string, shiftKey = false) => fireEvent.keyDown(slider(), { key, shiftKey });
const ready = () => waitFor(() => expect(slider().getAttribute('aria-disabled')).toBe('false'));

describe('Puzzle', () => {
  test('T-REG-11: arrow keys move by 1, with Shift by 10, Home and End to the ends, and Enter submits', async () => {
    const solve = vi.fn<PuzzleCalls['solve']>(async () => ({ ticket: 'ticket-1' }));
    const { form } = show(solve);
    await ready();
    const at = () => slider().getAttribute('aria-valuenow');
    press('ArrowRight');
    press('ArrowRight', true);
    expect(at()).toBe('11');
    press('ArrowLeft');
    expect(at()).toBe('10');
    press('End');
    expect(at()).toBe('270');
    press('ArrowRight');
    expect(at()).toBe('270');
    expect(slider().getAttribute('aria-valuetext')).toBe('已移动 100%');
    press('Home');
    press('ArrowRight', true);
    press('Enter');
    await waitFor(() => expect(form.values.ticket).toBe('ticket-1'));
    expect(solve).toHaveBeenCalledExactlyOnceWith('puzzle-1', 10);
    expect(screen.getByRole('status').textContent).toBe('验证通过');
  });

  test('T-REG-11: a wrong place brings a new picture, says so and keeps the focus on the slider', async () => {
    const { load, form } = show(() => Promise.reject(refusal({ code: 'puzzle.wrong' })));
    await ready();
    press('ArrowRight');
    press('Enter');
    await waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    await ready();
    expect(screen.getByRole('alert').textContent).toContain('没有拼准');
    expect(document.activeElement).toBe(slider());
    expect(slider().getAttribute('aria-valuenow')).toBe('0');
    expect(form.values.ticket).toBe('');
  });

  test('a service that does not answer is told as such, and the person can try again', async () => {
    const { load } = show(() => Promise.reject(new TypeError('Failed to fetch')));
    await ready();
    press('ArrowRight');
    press('Enter');
    const retry = await screen.findByRole('button', { name: '再试一次' });
    fireEvent.click(retry);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('a ticket that was not used in time is taken back and a new puzzle comes by itself', async () => {
    vi.useFakeTimers();
    const { load, form } = show(async () => ({ ticket: 'ticket-1' }));
    await vi.advanceTimersByTimeAsync(0);
    press('Enter');
    await vi.advanceTimersByTimeAsync(0);
    expect(form.values.ticket).toBe('ticket-1');
    await vi.advanceTimersByTimeAsync(1_800_000);
    expect(form.values.ticket).toBe('');
    expect(load).toHaveBeenCalledTimes(2);
    expect(screen.getByRole('alert').textContent).toContain('验证已过期');
  });

  test('T-REG-11: a flow that holds a ticket is asked for nothing, and the focus stays where it is', async () => {
    const held: Drawn = { way: 'ticket', ticket: 'ticket-held' };
    const { form } = show(async () => ({ ticket: 'never' }), [held]);
    await waitFor(() => expect(form.values.ticket).toBe('ticket-held'));
    expect(screen.queryByRole('slider')).toBeNull();
    expect(document.activeElement).toBe(document.body);
  });

  test('T-REG-11: a ticket with uses left comes again, without a slider in between', async () => {
    const held: Drawn[] = ['ticket-1', 'ticket-1'].map((ticket) => ({ way: 'ticket', ticket }));
    const { load, form } = show(async () => ({ ticket: 'never' }), held);
    await waitFor(() => expect(form.values.ticket).toBe('ticket-1'));
    form.field('ticket').set('');
    expect(screen.queryByRole('slider')).toBeNull();
    await waitFor(() => expect(form.values.ticket).toBe('ticket-1'));
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('where no pictures are drawn any more, and where heavy work is asked for, the work begins at once', async () => {
    const work = show(async () => ({ ticket: 'never' }), [{ way: 'work' }]);
    await waitFor(() => expect(work.loadProofOfWork).toHaveBeenCalledExactlyOnceWith(false));
    cleanup();

    const heavy = show(
      async () => ({ ticket: 'ticket-1' }),
      [],
      () => Promise.reject(refusal({ code: 'puzzle.work_required' })),
    );
    await ready();
    press('Enter');
    await waitFor(() => expect(heavy.form.values.ticket).toBe('ticket-1'));
    heavy.form.submit(new Event('submit', { cancelable: true }) as SubmitEvent);
    await waitFor(() => expect(heavy.loadProofOfWork).toHaveBeenCalledExactlyOnceWith(true));
    expect(isHeavyAsked()).toBe(true);
    setHeavyAsked(false);
  });

  test('T-REG-11: when a ticket is used up, a new puzzle comes', async () => {
    const { load, form } = show(async () => ({ ticket: 'ticket-1' }));
    await ready();
    press('Enter');
    await waitFor(() => expect(form.values.ticket).toBe('ticket-1'));
    form.field('ticket').set('');
    await ready();
    expect(load).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('WCAG 2.5.7: there is a way without dragging, and a way back', async () => {
    show(async () => ({ ticket: 'ticket-1' }));
    await ready();
    fireEvent.click(screen.getByRole('button', { name: '换一种验证' }));
    expect(screen.queryByRole('slider')).toBeNull();
    expect(screen.getByText('不用拖动的验证')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '改用拼图' }));
    await ready();
  });
});
