import {
  type Answers,
  type DocumentAnswers,
  type DocumentNumber,
  needsGuardian,
  parseDocumentAnswers,
  shanghaiDate,
  documentOf,
  groupNumber,
  together,
} from '@shiming/domain';
import { For, type JSX, Match, Show, Suspense, Switch } from 'solid-js';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents } from '../copy/documents.ts';
import { problemSentence } from '../copy/failures.ts';
import { formatDate } from '../copy/format.ts';
import { chosenType, groupTyped, numberHint, whatNumberTells } from '../document-number/tells.ts';
import { at, type On } from '../form/refusals.ts';
import { createForm } from '../form/create-form.ts';
import { GuardianCodeField, onGuardian } from '../guardian/lazy-code-field.ts';
import { NameField } from '../identity/name-field.tsx';
import { dateAnswers, onlyTermOf } from '../identity/validity-answers.ts';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { usePortal } from '../portal.ts';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { CardPicture } from './card-picture.tsx';
import { zh } from './document.zh.ts';
import type { Registration } from './steps.ts';
import { NewTab } from '../ui/blocks.tsx';

export const documentCopy = defineCopy(zh, () => import('./document.en.ts'));

const copy = documentCopy;

const today = (): string => shanghaiDate(serverNow());

type Typed = DocumentAnswers & { guardianCode: string };

/**
 * The form of a document (T-REG-01 to 07), with what was saved of it before. `more` is what a page asks for besides: how it begins,
 * and its rules.
 */
export function createDocumentForm<More extends object = object>(options: {
  saved: Registration['identity'];
  /** The name to begin with, where none was saved. */
  name?: string | null | undefined;
  more?: { initial: More; validate(typed: DocumentAnswers & More): Answers<unknown> };
  submit(typed: Typed & More): Promise<unknown>;
  on: On;
}) {
  const portal = usePortal();
  const { saved, more } = options;
  return createForm<Typed & More>({
    initial: {
      documentType: saved?.type ?? portal.documentTypes[0],
      name: saved?.name ?? options.name ?? '',
      number: saved?.number ?? '',
      validityStart: dateAnswers(saved?.validity?.start ?? ''),
      validityTerm: String(saved?.validity?.term ?? ''),
      // A person who comes back to correct something has agreed already.
      hasConsented: saved !== null,
      guardianCode: '',
      ...(more?.initial as More),
    },
    validate(typed) {
      const parsed = parseDocumentAnswers(typed, portal, today());
      return more === undefined ? parsed : together(parsed, more.validate(typed));
    },
    submit: (typed) => options.submit(typed),
    on: { ...options.on, ...onGuardian(at('guardianCode')) },
  });
}

export type DocumentForm<More extends object = object> = ReturnType<
  typeof createDocumentForm<More>
>;

/** Its fields. `guardedNumber` is the number for which a guardian's code was accepted. */
export function DocumentFields(props: {
  form: DocumentForm;
  guardedNumber?: string | undefined;
  afterNumber?: JSX.Element;
  /** What is asked for besides, before the consent. */
  children?: JSX.Element;
}) {
  const portal = usePortal();
  const { form } = props;
  const type = () => chosenType(form.values.documentType, portal);
  const typeField = form.field('documentType');
  const tells = () => whatNumberTells(type(), form.values.number, today(), portal);
  const birthDate = () => {
    const told = tells();
    return typeof told === 'object' ? told.document.birthDate : null;
  };
  return (
    <>
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
        hint={numberHint(type(), portal)}
        group={(number) => groupTyped(type(), number, today(), portal)}
        after={
          <NumberTells tells={tells()} isRefused={form.field('number').problem() !== undefined} />
        }
      />
      {props.afterNumber}
      <ValidityFields
        start={form.field('validityStart')}
        term={form.field('validityTerm')}
        type={type()}
        birthDate={birthDate()}
      />
      {props.children}
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
            isAccepted={form.values.number === props.guardedNumber}
          />
        </Suspense>
      </Show>
    </>
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
