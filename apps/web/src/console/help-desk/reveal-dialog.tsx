import { FormBody } from '../../ui/form-body.tsx';
import {
  type HelpDeskReason,
  helpDeskReasons,
  helpDeskTextMaxLength,
  parseHelpDeskNote,
} from '@shiming/domain';
import { For } from 'solid-js';
import { createForm } from '../../form/create-form.ts';
import { fieldId } from '../../form/field-id.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { SubmitButton } from '../../ui/submit-button.tsx';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

/** Asks why before something is shown. */
export function RevealDialog(props: {
  title: string;
  onReason(why: { reason: HelpDeskReason; note: string }): Promise<void>;
  onCancel(): void;
}) {
  const staff = useStaff();
  const form = createForm({
    initial: { reason: 'caller_check', note: '' },
    validate: ({ note }) => {
      const parsed = parseHelpDeskNote(note);
      return parsed.ok ? { ok: true } : { ok: false, fields: { note: parsed.code } };
    },
    submit: ({ reason, note }) => props.onReason({ reason: reason as HelpDeskReason, note }),
    on: staff.on,
  });
  const reason = form.field('reason');
  return (
    <Dialog title={props.title} onCancel={() => props.onCancel()}>
      <p class="soft">{copy().revealNote}</p>
      <FormBody of={form}>
        <Field field={reason} label={copy().reason}>
          <select
            id={fieldId('reason')}
            onChange={(event) => reason.set(event.currentTarget.value)}
          >
            <For each={helpDeskReasons}>
              {(code) => (
                <option value={code} selected={reason.value() === code}>
                  {copy().reasons[code]}
                </option>
              )}
            </For>
          </select>
        </Field>
        <TextArea
          field={form.field('note')}
          label={copy().note}
          hint={copy().noteHint}
          maxLength={helpDeskTextMaxLength}
          count={copy().count}
          over={copy().over}
        />
        <FailureBox of={form.failure()} />
        <div class="row">
          <SubmitButton isBusy={form.isSubmitting()}>{copy().reveal}</SubmitButton>
          <button type="button" class="btn plain" onClick={() => props.onCancel()}>
            {copy().cancel}
          </button>
        </div>
      </FormBody>
    </Dialog>
  );
}
