import { helpDeskTextMaxLength, parseAccountCorrection, suspensionReasons } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { Note } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { askAgain } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

/** Suspends an account, or asks for one that is suspended or closed to be restored. */
export function StatusForm(props: { accountId: string; kind: 'suspend' | 'restore' }) {
  const staff = useStaff();
  const [said, setSaid] = createSignal('');
  const form = createForm({
    // Another form of the page has fields of the other names.
    initial: { reason: '', grounds: '' },
    validate: ({ reason, grounds }) => {
      const typed = { kind: props.kind, value: reason, evidence: grounds };
      const parsed = parseAccountCorrection(typed, null, '');
      if (parsed.ok) return parsed;
      const { value, evidence } = parsed.fields;
      return {
        ok: false,
        fields: { ...(value && { reason: value }), ...(evidence && { grounds: evidence }) },
      };
    },
    submit: async ({ reason: value, grounds: evidence }) => {
      const { accountId, kind } = props;
      setSaid('');
      await api.helpDesk.requestCorrection.mutate({ accountId, kind, value, evidence });
      setSaid(copy().asked);
      form.field('reason').set('');
      form.field('grounds').set('');
      await askAgain('help-desk');
    },
    on: staff.on,
  });
  return (
    <section class="stack">
      <h2>{copy()[props.kind]}</h2>
      <p class="soft">{props.kind === 'suspend' ? copy().suspendNote : copy().restoreNote}</p>
      <div role="status">
        <Show when={said()}>
          <Note tone="ok">{said()}</Note>
        </Show>
      </div>
      <FormBody of={form} class="stack narrow" submit={copy()[props.kind]}>
        <Show when={props.kind === 'suspend'}>
          <RadioCards
            field={form.field('reason')}
            label={copy().suspensionReason}
            options={suspensionReasons.map((value) => ({
              value,
              label: copy().suspensionReasons[value],
            }))}
          />
        </Show>
        <TextArea
          field={form.field('grounds')}
          label={copy().grounds}
          hint={copy().groundsHint}
          maxLength={helpDeskTextMaxLength}
          count={copy().count}
          over={copy().over}
        />
        <FailureBox of={form.failure()} />
      </FormBody>
    </section>
  );
}
