import { VouchedNote } from '../ministry/lazy-note.tsx';
import { vouched } from '../ministry/vouched.ts';
import { useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { createDocumentForm, DocumentFields, documentCopy } from './document-fields.tsx';
import { flowCopy, FlowNotice, FlowStep, OpeningStep, useFlow } from './flow.tsx';
import { backFrom, type Registration } from './steps.ts';

/** The document that becomes the account (T-REG-01 to 07). */
export function DocumentPage() {
  return (
    <OpeningStep name="document">
      {(registration) => <DocumentStep registration={registration()} />}
    </OpeningStep>
  );
}

function DocumentStep(props: { registration: Registration | null }) {
  const flow = useFlow();
  const [search] = useSearchParams();
  const saved = props.registration?.identity ?? null;
  const form = createDocumentForm({
    saved,
    name: vouched()?.name,
    async submit(typed) {
      flow.goOn(await api.registration.saveDocument.mutate(typed));
    },
    on: flow.on,
  });
  return (
    <Page
      title={documentCopy().title}
      lead={documentCopy().accountName}
      backTo={backFrom('document', search.back)}
      step={<FlowStep of="document" />}
      form={form}
    >
      <FlowNotice />
      <VouchedNote of={saved === null && vouched()?.name} />
      <FormBody of={form} submit={flowCopy().continue}>
        <DocumentFields
          form={form}
          guardedNumber={flow.registration()?.hasGuardian === true ? saved?.number : undefined}
        />
      </FormBody>
    </Page>
  );
}
