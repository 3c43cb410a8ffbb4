import type { PuzzlePurpose } from '@shiming/domain';
import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm, type FieldBinding, type Form, type FormReport } from '../form/create-form.ts';
import { at, type On, onEach } from '../form/refusals.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { CodeField } from '../ui/code-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { zh } from './code.zh.ts';

const copy = defineCopy(zh, () => import('./code.en.ts'));

/** A form of nothing but the puzzle, before a message is sent: what is refused belongs to it. */
export function createSendForm(
  send: (ticket: string) => Promise<void>,
  on: On = {},
): Form<{ ticket: string }> {
  return createForm({
    initial: { ticket: '' },
    validate: (typed) => withTicket({ ok: true }, typed.ticket),
    submit: ({ ticket }) => send(ticket),
    on: { ...on, ...onTicket, ...onEach(['code.day_limit', 'code.too_soon'], at('ticket')) },
    spends: 'ticket',
  });
}

export function SendForm(props: {
  form: Form<{ ticket: string }>;
  purpose: PuzzlePurpose;
  /** Said above the puzzle where there is a limit to tell. */
  remainingToday?: number;
  button: string;
}) {
  return (
    <FormBody of={props.form} submit={props.button}>
      <Show when={props.remainingToday !== undefined}>
        <p>{copy().leftToday(props.remainingToday ?? 0)}</p>
      </Show>
      <LazyPuzzle field={props.form.field('ticket')} purpose={props.purpose} />
    </FormBody>
  );
}

/** The field of a code, with the tries that are left where they are few. */
export function SentCodeField(props: {
  field: FieldBinding<string>;
  triesLeft: number;
  rule: { digits: number };
}) {
  return (
    <CodeField
      field={props.field}
      label={copy().code(props.rule.digits)}
      hint={
        <>
          {copy().codeHint}
          <Show when={props.triesLeft < 3 && props.field.problem() === undefined}>
            {' '}
            {copy().triesLeft(props.triesLeft)}
          </Show>
        </>
      }
    />
  );
}

/** Two forms of one page under one summary. */
export function both(one: FormReport, other: FormReport): FormReport {
  return {
    problems: () => [...one.problems(), ...other.problems()],
    failure: () => one.failure() ?? other.failure(),
    failedSubmits: () => one.failedSubmits() + other.failedSubmits(),
  };
}
