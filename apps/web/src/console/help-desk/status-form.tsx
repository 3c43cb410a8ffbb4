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
    initial: { value: '', evidence: '' },
    validate: (values) => parseAccountCorrection({ kind: props.kind, ...values }, null, ''),
    submit: async (values) => {
      const { accountId, kind } = props;
      setSaid('');
      await api.helpDesk.requestCorrection.mutate({ accountId, kind, ...values });
      setSaid(kind === 'suspend' ? copy().suspended : copy().asked);
      form.field('value').set('');
      form.field('evidence').set('');
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
            field={form.field('value')}
            label={copy().suspensionReason}
            options={suspensionReasons.map((value) => ({
              value,
              label: copy().suspensionReasons[value],
            }))}
          />
        </Show>
        <TextArea
          field={form.field('evidence')}
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
