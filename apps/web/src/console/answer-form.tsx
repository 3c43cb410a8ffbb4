import { accept, collect, parseTicketText, refuse, ticketTextMaxLength } from '@shiming/domain';
import { For } from 'solid-js';
import { formatInstant } from '../copy/format.ts';
import { Note, Num } from '../ui/blocks.tsx';
import type { FieldProps } from '../ui/field.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { TextArea } from '../ui/text-area.tsx';

/** An answer to a case in words, as typed. */
export const noAnswer = { outcome: '', text: '' };

/** An answer needs an outcome, and a text that can be sent. */
export const parseAnswer = ({ outcome, text }: typeof noAnswer) =>
  collect({
    outcome: outcome === '' ? refuse('decision_reasons.missing') : accept(outcome),
    text: parseTicketText(text),
  });

/** The text that the person reads, with a count of its characters. */
export const AnswerText = (props: FieldProps<string>) => (
  <TextArea
    {...props}
    maxLength={ticketTextMaxLength}
    count={(used) => `${used} / ${ticketTextMaxLength}`}
    over={(by) => `+${by}`}
  />
);

/** The answers that were given before, each with who gave it and when. */
export function Answers<O extends string>(props: {
  of: readonly { outcome: O; byName: string; decidedAtMs: number; text: string }[];
  outcomes: Readonly<Record<O, string>>;
}) {
  return (
    <For each={props.of}>
      {(each) => (
        <Note>
          <p>
            <Foreign>{each.byName}</Foreign> · {props.outcomes[each.outcome]} ·{' '}
            <Num>{formatInstant(each.decidedAtMs)}</Num>
          </p>
          <p>
            <Foreign>{each.text}</Foreign>
          </p>
        </Note>
      )}
    </For>
  );
}
