import {
  dataCorrectionKinds,
  helpDeskTextMaxLength,
  parseAccountCorrection,
} from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { Note } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureBox } from '../failure.tsx';
import { askAgain } from '../asked.ts';
import { useStaff } from '../session/staff.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

type DataKind = (typeof dataCorrectionKinds)[number];

/** T-CON-08: what is wrong, what it should be, and by what evidence. */
export function CorrectionForm(props: { accountId: string }) {
  const staff = useStaff();
  const [said, setSaid] = createSignal('');
  const form = createForm({
    initial: { kind: 'mobile', value: '', evidence: '' },
    validate: ({ kind, value, evidence }) =>
      parseAccountCorrection({ kind: kind as DataKind, value, evidence }),
    submit: async ({ kind, value, evidence }) => {
      setSaid('');
      const { accountId } = props;
      const change = { accountId, kind: kind as DataKind, value, evidence };
      const { status } = await api.helpDesk.requestCorrection.mutate(change);
      setSaid(status === 'done' ? copy().done : copy().asked);
      form.field('value').set('');
      form.field('evidence').set('');
      await askAgain('help-desk');
    },
    on: staff.on,
  });
  return (
    <section class="stack">
      <h2>{copy().correct}</h2>
      <p class="soft">{copy().correctNote}</p>
      <div role="status">
        <Show when={said()}>
          <Note tone="ok">{said()}</Note>
        </Show>
      </div>
      <FormBody of={form} class="stack narrow" submit={copy().send}>
        <RadioCards
          field={form.field('kind')}
          label={copy().kind}
          options={dataCorrectionKinds.map((kind) => ({
            value: kind,
            label: copy().kinds[kind],
            note: copy().kindNotes[kind],
          }))}
        />
        <TextField field={form.field('value')} label={copy().value} />
        <TextArea
          field={form.field('evidence')}
          label={copy().evidence}
          hint={copy().evidenceHint}
          maxLength={helpDeskTextMaxLength}
          count={copy().count}
          over={copy().over}
        />
        <FailureBox of={form.failure()} />
      </FormBody>
    </section>
  );
}
