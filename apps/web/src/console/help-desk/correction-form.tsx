import {
  accountFields,
  dataCorrectionKinds,
  type DataCorrectionKind,
  helpDeskTextMaxLength,
  isProfileField,
  optionsOf,
  parseEvidence,
} from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { Note } from '../../ui/blocks.tsx';
import { Select } from '../../ui/choices.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureBox } from '../failure.tsx';
import { askAgain } from '../asked.ts';
import { bilingual } from '../../portal.ts';
import { useStaff } from '../session/staff.tsx';
import type { AccountView } from './account.tsx';
import { helpDeskCopy as copy, labelOf } from './help-desk-copy.ts';

/** A correction as the form has it. */
export type Corrected = { kind: string; value: string; evidence: string };

/** What a ticket asks for, in memory alone: it stands in no address. */
let begun: { accountId: string; correction: Corrected } | undefined;

/** Begins the next correction of an account with what a ticket asks for. */
export function beginCorrection(accountId: string, correction: Corrected): void {
  begun = { accountId, correction };
}

/** T-CON-08, T-CON-08a: what is wrong, what it should be, and by what evidence. */
export function CorrectionForm(props: { account: Pick<AccountView, 'accountId' | 'masked'> }) {
  const staff = useStaff();
  const [said, setSaid] = createSignal('');
  const asked = begun?.accountId === props.account.accountId ? begun.correction : undefined;
  begun = undefined;
  const form = createForm({
    initial: asked ?? ({ kind: 'mobile', value: '', evidence: '' } satisfies Corrected),
    validate: (typed: Corrected) => parseEvidence(typed),
    submit: async ({ kind, ...typed }) => {
      setSaid('');
      const { accountId } = props.account;
      const change = { accountId, kind: kind as DataCorrectionKind, ...typed };
      const { status } = await api.helpDesk.requestCorrection.mutate(change);
      setSaid(status === 'done' ? copy().done : copy().asked);
      form.field('value').set('');
      form.field('evidence').set('');
      await askAgain('help-desk');
    },
    on: staff.on,
  });
  const kinds = dataCorrectionKinds.filter(
    (kind) => props.account.masked[kind] !== null || accountFields[kind].isWayIn === true,
  );
  const kind = () => form.field('kind').value() as DataCorrectionKind;
  const options = () => {
    const of = kind();
    return isProfileField(of) ? optionsOf(of) : undefined;
  };
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
        <Select
          field={form.field('kind')}
          label={copy().kind}
          hint={accountFields[kind()]?.isWayIn === true ? copy().needsSecond : copy().atOnce}
          options={kinds.map((each) => ({ value: each, label: labelOf(each) }))}
        />
        <Show
          when={options()}
          fallback={
            <TextField
              field={form.field('value')}
              label={copy().value}
              hint={copy().valueHints[kind()]}
            />
          }
        >
          {(offered) => (
            <Select
              field={form.field('value')}
              label={copy().value}
              options={offered().map(({ code, ...name }) => ({
                value: code,
                label: bilingual(name),
              }))}
            />
          )}
        </Show>
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
