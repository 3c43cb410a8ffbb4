import {
  type DateAnswers,
  type DocumentType,
  parseDateParts,
  shanghaiDate,
  termsOffered,
} from '@shiming/domain';
import { Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents, dotted, validityLine } from '../copy/documents.ts';
import { problemSentence } from '../copy/failures.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { Note, Num } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { DateParts } from '../ui/date-parts.tsx';
import { zh } from './identity.zh.ts';
import { printedValidity } from './printed-validity.ts';
import '../copy/document-problems.ts';

const copy = defineCopy(zh, () => import('./identity.en.ts'));

/**
 * Start and term of a document's validity; the end is worked out and shown, never typed (T-REG-04, T-REG-05).
 * `birthDate` is `null` where the document does not tell it; nothing is asked of
 * a document whose dates are not needed.
 */
export function ValidityFields(props: {
  start: FieldBinding<DateAnswers>;
  term: FieldBinding<string>;
  type: DocumentType;
  birthDate: string | null;
}) {
  const start = () => {
    const date = parseDateParts(props.start.value());
    return date.ok ? date.value : null;
  };
  const terms = () => termsOffered(props.type, props.birthDate, start());
  const printed = () =>
    printedValidity({
      type: props.type,
      birthDate: props.birthDate,
      start: start(),
      term: terms().find(({ term }) => String(term) === props.term.value())?.term ?? null,
      today: shanghaiDate(serverNow()),
    });
  return (
    <Show when={terms().length > 0}>
      <DateParts field={props.start} label={copy().start} hint={copy().startHint} />
      <RadioCards
        field={props.term}
        label={copy().term}
        options={terms().map(({ term, isOffered }) => ({
          value: String(term),
          label: documents().terms[term],
          note: isOffered ? undefined : copy().longTermNote,
          disabled: !isOffered,
        }))}
      />
      <div role="status">
        <Show when={printed()}>
          {(validity) => (
            <Note tone={validity().oddity === null ? 'info' : 'warn'}>
              <div class="tight">
                <p>
                  {copy().printed}
                  <Num strong>{validityLine(validity())}</Num>
                  {copy().printedAfter}
                </p>
                <Show when={validity().bookletEnd}>
                  {(end) => <p>{copy().printedInBooklets(dotted(end()))}</p>}
                </Show>
                <Show when={validity().oddity}>
                  {(oddity) => (
                    <p>
                      {oddity() === 'expired'
                        ? problemSentence('validity_end.expired')
                        : copy().unusualTerm}
                    </p>
                  )}
                </Show>
              </div>
            </Note>
          )}
        </Show>
      </div>
    </Show>
  );
}
