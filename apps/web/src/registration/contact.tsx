import { parseContactAnswers, parseMobile } from '@shiming/domain';
import { useSearchParams } from '@solidjs/router';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { withTicket } from '../puzzle/with-ticket.ts';
import { Page } from '../ui/page.tsx';
import { NumberGroupedField, TextField } from '../ui/text-field.tsx';
import { zh } from './contact.zh.ts';
import { FlowNotice, FlowStep, SendButton, Step, useFlow } from './flow.tsx';
import { sendCode } from './send-code.ts';
import { groupMobile, placeOfSendFailure, type Registration, stepPaths } from './steps.ts';

const copy = defineCopy(zh, () => import('./contact.en.ts'));

/** Step 3, first page: mail and mobile, and the puzzle before a code is sent (T-REG-09 to 12). */
export function ContactPage() {
  return (
    <Step name="contact">{(registration) => <ContactForm registration={registration()} />}</Step>
  );
}

function ContactForm(props: { registration: Registration }) {
  const flow = useFlow();
  const [search] = useSearchParams();
  const { contact, remainingToday, step } = props.registration;
  const { perDay } = usePortal().codes.sms;
  const form = createForm({
    initial: { email: contact?.email ?? '', mobile: contact?.mobile ?? '', ticket: '' },
    validate: (typed) => withTicket(parseContactAnswers(typed), typed.ticket),
    submit: (typed): Promise<void> => sendCode(flow, typed, form.field('ticket')),
    placeFailure: placeOfSendFailure,
  });
  const isSameMobile = () => {
    const mobile = parseMobile(form.values.mobile);
    return mobile.ok && mobile.value === contact?.mobile;
  };

  return (
    <Page
      title={copy().title}
      lead={step === 'review' ? copy().leadAgain : copy().lead}
      backTo={search.back === 'review' ? stepPaths.review : stepPaths.password}
      step={<FlowStep at={3} />}
      form={form}
    >
      <FlowNotice />
      <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
        {/* Not type="email": browsers rewrite what is typed there before the rules can read it. */}
        <TextField
          field={form.field('email')}
          label={copy().email}
          hint={copy().emailHint}
          inputmode="email"
          autocomplete="email"
        />
        <NumberGroupedField
          field={form.field('mobile')}
          label={copy().mobile}
          hint={copy().mobileHint(perDay)}
          inputmode="tel"
          autocomplete="tel"
          group={groupMobile}
          after={isSameMobile() ? copy().left(remainingToday) : ''}
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('register')} />
        <SendButton form={form}>{copy().send}</SendButton>
      </form>
    </Page>
  );
}
