import { Show } from 'solid-js';
import { formatTime } from '../copy/format.ts';
import { Chip, Facts, Num } from '../ui/blocks.tsx';
import { verificationCopy as copy } from './copy.ts';
import type { VerificationView } from './stage.ts';

/** The day's tries: when, with what outcome, counted or not and why. */
export function Ledger(props: { view: VerificationView }) {
  return (
    <Show when={props.view.attempts.length > 0}>
      <section class="stack">
        <h2>{copy().ledger}</h2>
        <Facts
          rows={props.view.attempts.map((attempt) => ({
            term: <Num>{formatTime(attempt.askedAtMs)}</Num>,
            value: (
              <>
                {copy().statuses[attempt.status]}{' '}
                <Chip tone={attempt.status === 'matched' ? 'ok' : 'info'}>
                  {attempt.isCounted ? copy().counted : copy().notCounted}
                </Chip>
              </>
            ),
          }))}
        />
        <Show when={props.view.attempts.some((attempt) => !attempt.isCounted)}>
          <p class="soft small">{copy().notCountedWhy}</p>
        </Show>
      </section>
    </Show>
  );
}
