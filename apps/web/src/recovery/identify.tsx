import { parseRecoveryAnswers, shanghaiDate } from '@shiming/domain';
import { type JSX, Show } from 'solid-js';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { documents } from '../copy/documents.ts';
import { failureSentence } from '../copy/failures.ts';
import { chosenType, groupTyped, numberHint } from '../document-number/tells.ts';
import { createForm } from '../form/create-form.ts';
import { NameField } from '../identity/name-field.tsx';
import { usePortal, weChatName } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { NewTab, Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { hold } from './held.ts';
import { LostMobile, recoveryCopy as copy, RecoveryStep, wayPath } from './shared.tsx';

const today = (): string => shanghaiDate(serverNow());

/** T-PWD-01: whose password it is. */
export function IdentifyPage() {
  const { contacts, recovery } = usePortal();
  const byMail = contacts.kinds.includes('email');
  return (
    <Identify
      title={copy().title}
      lead={copy().lead(byMail)}
      step={<RecoveryStep of="identify" />}
      next={wayPath}
      notes={
        <ol class="tight">
          <Show when={recovery.registeredSinceMs > 0}>
            <li>{copy().tooOld}</li>
          </Show>
          <li>
            {copy().allThree}
            {copy().ways({ byMail, byWeChat: weChatName() !== '' })}
          </li>
          <li>
            {copy().outOfDate(byMail)} <NewTab href="/tickets/new">{copy().writeToUs}</NewTab>
          </li>
        </ol>
      }
    />
  );
}

/**
 * Asks for the facts of a document that say whose account it is, and leads on to `next`. `?ended` says that this was
 * done before and has expired.
 */
export function Identify(props: {
  title: string;
  lead: string;
  step: JSX.Element;
  next: string;
  notes?: JSX.Element;
}) {
  const portal = usePortal();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ ended: string }>();
  const form = createForm({
    initial: { documentType: portal.documentTypes[0], number: '', name: '', ticket: '' },
    validate: (typed) => withTicket(parseRecoveryAnswers(typed, portal, today()), typed.ticket),
    async submit(typed) {
      hold(await api.recovery.identify.mutate(typed), { isBegun: true });
      navigate(props.next);
    },
    on: onTicket,
    spends: 'ticket',
  });
  const type = () => chosenType(form.values.documentType, portal);

  return (
    <Page title={props.title} lead={props.lead} backTo="/login" step={props.step} form={form}>
      <Show when={query.ended !== undefined && form.failedSubmits() === 0}>
        <Note tone="warn">
          <p>{failureSentence({ code: 'recovery.not_started' })}</p>
        </Note>
      </Show>
      <Show when={form.failure()?.code === 'recovery.registered_too_early'}>
        <div class="row">
          <A class="btn" href="/register">
            {copy().registerAgain}
          </A>
        </div>
      </Show>
      {props.notes}
      <FormBody of={form} submit={copy().next}>
        <RadioCards
          field={form.field('documentType')}
          label={documents().type}
          options={portal.documentTypes.map((each) => ({
            value: each,
            label: documents().types[each],
            note: documents().typeNotes[each],
          }))}
        />
        <NumberGroupedField
          field={form.field('number')}
          label={documents().number}
          hint={numberHint(type(), portal)}
          group={(number) => groupTyped(type(), number, today(), portal)}
          autocomplete="username"
        />
        <NameField field={form.field('name')} type={type()} />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('recover')} />
      </FormBody>
      <LostMobile />
    </Page>
  );
}
