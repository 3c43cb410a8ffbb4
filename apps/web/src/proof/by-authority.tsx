import { parseCorrection, shanghaiDate } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { NameField } from '../identity/name-field.tsx';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { zh } from './by-authority.zh.ts';
import { proofCopy, type WayProps } from './shared.ts';

const copy = defineCopy(zh, () => import('./by-authority.en.ts'));

type View = Awaited<ReturnType<typeof api.verification.view.query>>;
type Outcome = Awaited<ReturnType<typeof api.proof.byAuthority.mutate>>['outcome'];

/** What is on the document, typed again and compared by the authority. */
export function ByAuthority(props: WayProps) {
  const read = createRead(() => api.verification.view.query());
  return (
    <Reading read={read} title={proofCopy().title}>
      {(view) => <Answers {...props} view={view()} onAsked={() => read.again()} />}
    </Reading>
  );
}

function Answers(props: WayProps & { view: View; onAsked(): Promise<void> }) {
  const [outcome, setOutcome] = createSignal<Exclude<Outcome, 'matched'>>();
  const form = createForm({
    initial: { name: '', validityStart: { year: '', month: '', day: '' }, validityTerm: '' },
    validate: (typed) =>
      parseCorrection(
        typed,
        {
          type: props.view.documentType,
          birthDate: props.view.birthDate,
          number: '',
          sex: null,
          region: null,
        },
        shanghaiDate(serverNow()),
      ),
    async submit(typed) {
      setOutcome(undefined);
      const answer = await api.proof.byAuthority.mutate(typed);
      if (answer.outcome === 'matched') return props.onProved();
      await props.onAsked();
      setOutcome(answer.outcome);
      scrollTo(0, 0);
    },
    on: useSignedIn(),
  });
  return (
    <Page title={proofCopy().title} lead={copy().lead} backTo={props.backTo} form={form}>
      <div role="status">
        <Show when={outcome()}>
          {(ended) => (
            <Note tone="warn">
              <p>{copy().outcomes[ended()](props.view.remainingToday)}</p>
            </Note>
          )}
        </Show>
      </div>
      <p>{copy().left(props.view.remainingToday)}</p>
      <FormBody of={form} submit={copy().submit}>
        <NameField field={form.field('name')} type={props.view.documentType} />
        <ValidityFields
          start={form.field('validityStart')}
          term={form.field('validityTerm')}
          type={props.view.documentType}
          birthDate={props.view.birthDate}
        />
      </FormBody>
      {props.others}
    </Page>
  );
}
