import { type DateAnswers, spreadPastedDate } from '@shiming/domain';
import { For } from 'solid-js';
import { ui } from '../copy/ui.ts';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, FieldGroup, type FieldProps, isBad } from './field.tsx';

const parts = ['year', 'month', 'day'] as const;

/**
 * 年, 月, 日 as three inputs. Nothing moves the focus by itself, and nothing has a default (T-REG-06).
 * A date pasted into any of them, or typed whole into 年, is spread over all three.
 */
export function DateParts(
  props: FieldProps<DateAnswers> & {
    /** For the holder's own birth date. */
    autocomplete?: 'bday';
  },
) {
  const spread = (text: string): boolean => {
    const date = spreadPastedDate(text);
    if (date !== null) props.field.set(date);
    return date !== null;
  };
  return (
    <FieldGroup {...props}>
      <div class="date">
        <For each={parts}>
          {(part) => (
            <div>
              <label for={partId(props.field.name, part)}>{ui()[part]}</label>
              <input
                id={partId(props.field.name, part)}
                name={`${props.field.name}-${part}`}
                type="text"
                class="num"
                inputmode="numeric"
                autocomplete={props.autocomplete === 'bday' ? `bday-${part}` : 'off'}
                value={props.field.value()[part]}
                onPaste={(event) => {
                  if (spread(event.clipboardData?.getData('text') ?? '')) event.preventDefault();
                }}
                onInput={(event) => {
                  const typed = event.currentTarget.value;
                  if (part === 'year' && typed.length >= 8 && spread(typed)) {
                    // The year may be the one that stood there before: then nothing else would redraw it.
                    event.currentTarget.value = props.field.value().year;
                    return;
                  }
                  props.field.set({ ...props.field.value(), [part]: typed });
                }}
                aria-describedby={explainedBy(props.field, false)}
                aria-invalid={isBad(props.field)}
              />
            </div>
          )}
        </For>
      </div>
    </FieldGroup>
  );
}

/** The first part carries the field's own id: the summary's link leads there. */
const partId = (name: string, part: (typeof parts)[number]): string =>
  part === 'year' ? fieldId(name) : `${fieldId(name)}-${part}`;
