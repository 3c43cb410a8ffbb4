import {
  type DocumentNumber,
  needsGuardian,
  parseDocumentAnswers,
  shanghaiDate,
  documentOf,
  groupNumber,
} from '@shiming/domain';
import { For, Match, Show, Suspense, Switch } from 'solid-js';
import { useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents } from '../copy/documents.ts';
import { problemSentence } from '../copy/failures.ts';
import { formatDate } from '../copy/format.ts';
import { chosenType, groupTyped, whatNumberTells } from '../document-number/tells.ts';
import { at } from '../form/refusals.ts';
import { createForm } from '../form/create-form.ts';
import { GuardianCodeField, onGuardian } from '../guardian/lazy-code-field.ts';
import { NameField } from '../identity/name-field.tsx';
import { dateAnswers, onlyTermOf } from '../identity/validity-answers.ts';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { usePortal } from '../portal.ts';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { CardPicture } from './card-picture.tsx';
import { zh } from './document.zh.ts';
import { flowCopy, FlowNotice, FlowStep, OpeningStep, useFlow } from './flow.tsx';
import { backFrom, type Registration } from './steps.ts';
import { NewTab } from '../ui/blocks.tsx';

const copy = defineCopy(zh, () => import('./document.en.ts'));

const today = (): string => shanghaiDate(serverNow());

/** The document that becomes the account (T-REG-01 to 07). */
export function DocumentPage() {
  return (
    <OpeningStep name="document">
      {(registration) => <DocumentForm registration={registration()} />}
    </OpeningStep>
  );
}

function DocumentForm(props: { registration: Registration | null }) {
  const flow = useFlow();
  const portal = usePortal();
  const [search] = useSearchParams();
  const saved = props.registration?.identity ?? null;
  const form = createForm({
    initial: {
      documentType: saved?.type ?? portal.documentTypes[0],
      name: saved?.name ?? '',
      number: saved?.number ?? '',
      validityStart: dateAnswers(saved?.validity?.start ?? ''),
      validityTerm: String(saved?.validity?.term ?? ''),
      // Who comes back to correct something has agreed already.
      hasConsented: saved !== null,
      guardianCode: '',
    },
    validate: (typed) => parseDocumentAnswers(typed, portal, today()),
    async submit(typed) {
      flow.goOn(await api.registration.saveDocument.mutate(typed));
    },
    on: { ...flow.on, ...onGuardian(at('guardianCode')) },
  });
  const type = () => chosenType(form.values.documentType, portal);
  const typeField = form.field('documentType');
  const tells = () => whatNumberTells(type(), form.values.number, today(), portal);
  const birthDate = () => {
    const told = tells();
    return typeof told === 'object' ? told.document.birthDate : null;
  };

  return (
    <Page
      title={copy().title}
      lead={copy().accountName}
      backTo={backFrom('document', search.back)}
      step={<FlowStep of="document" />}
      form={form}
    >
      <FlowNotice />
      <FormBody of={form} submit={flowCopy().continue}>
        <RadioCards
          field={{
            ...typeField,
            set(value) {
              const chosen = chosenType(value, portal);
              typeField.set(chosen);
              form.field('validityTerm').set(onlyTermOf(chosen));
            },
          }}
          label={documents().type}
          hint={
            <>
              {copy().notTaken}
              <NewTab href="/help#registration">{copy().notTakenLink}</NewTab>
            </>
          }
          options={portal.documentTypes.map((each) => ({
            value: each,
            label: documents().types[each],
            note: documents().typeNotes[each],
          }))}
        />
        <Show when={documentOf(type()).sketch}>
          {(sketch) => <CardPicture sketch={sketch()} copy={copy()} />}
        </Show>
        <NameField field={form.field('name')} type={type()} />
        <NumberGroupedField
          field={form.field('number')}
          label={documents().number}
          hint={documents().numberHints[type()]}
          group={(number) => groupTyped(type(), number, today(), portal)}
          after={
            <NumberTells tells={tells()} isRefused={form.field('number').problem() !== undefined} />
          }
        />
        <ValidityFields
          start={form.field('validityStart')}
          term={form.field('validityTerm')}
          type={type()}
          birthDate={birthDate()}
        />
        <Checkbox
          field={form.field('hasConsented')}
          label={
            <>
              {copy().consent}
              <NewTab href="/privacy">{copy().consentLink}</NewTab>
            </>
          }
        />
        <Show when={needsGuardian(portal, birthDate(), today())}>
          <Suspense>
            <GuardianCodeField
              field={form.field('guardianCode')}
              isAccepted={
                flow.registration()?.hasGuardian === true && form.values.number === saved?.number
              }
            />
          </Suspense>
        </Show>
      </FormBody>
    </Page>
  );
}

/** What the number says of its holder, beneath its field. */
export function NumberTells(props: {
  tells: ReturnType<typeof whatNumberTells>;
  isRefused: boolean;
}) {
  const read = () => (typeof props.tells === 'object' ? props.tells : undefined);
  return (
    <Switch>
      <Match when={props.tells === 'slip' && !props.isRefused}>
        {problemSentence('document_number.check_digit')}
      </Match>
      <Match when={read()}>
        {(number) => (
          <>
            <For each={number().notices}>
              {(notice) => copy().notices[notice](groupNumber(number().document.number))}
            </For>
            <Show when={tellsBirth(number().document)}>{(line) => <>{line()}</>}</Show>
          </>
        )}
      </Match>
    </Switch>
  );
}

/** 「女，1995 年 8 月 15 日出生」, where the number tells. */
function tellsBirth({ sex, birthDate }: DocumentNumber): string | undefined {
  return sex === null || birthDate === null
    ? undefined
    : documents().sexAndBirth(documents().sexes[sex], formatDate(birthDate));
}
