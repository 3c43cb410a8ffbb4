import { parseContactAnswers, parseMobile } from '@shiming/domain';
import { useSearchParams } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { at, onEach } from '../form/refusals.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal, weChatName } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { RadioCards } from '../ui/choices.tsx';
import { MobileField } from '../shared/mobile.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './contact.zh.ts';
import { FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { drawWeChatCode, sendCode } from './send-code.ts';
import { pathTo, type Registration, wayOfCode } from './steps.ts';

const copy = defineCopy(zh, () => import('./contact.en.ts'));

const ways = () => (weChatName() === '' ? (['sms'] as const) : (['sms', 'wechat'] as const));

/** Step 3, first page: mail and mobile, the way of the code, and the puzzle before it (T-REG-09 to 13). */
export function ContactPage() {
  return (
    <Step name="contact">{(registration) => <ContactForm registration={registration()} />}</Step>
  );
}

function ContactForm(props: { registration: Registration }) {
  const flow = useFlow();
  const [search] = useSearchParams();
  const { channel, contact, remainingToday, step } = props.registration;
  const { perDay } = usePortal().codes.sms;
  const form = createForm({
    initial: {
      email: contact?.email ?? '',
      mobile: contact?.mobile ?? '',
      way: wayOfCode(search.by, channel),
      ticket: '',
    },
    validate: (typed) => withTicket(parseContactAnswers(typed), typed.ticket),
    submit: (typed) =>
      typed.way === 'wechat'
        ? drawWeChatCode(flow, typed, typed.ticket)
        : sendCode(flow, typed, typed.ticket),
    on: {
      ...flow.on,
      ...onTicket,
      ...onEach(['code.day_limit', 'code.too_soon'], at('mobile')),
    },
    spends: 'ticket',
  });
  const way = () => (form.values.way === 'wechat' ? 'wechat' : 'sms');
  const isSameMobile = () => {
    const mobile = parseMobile(form.values.mobile);
    return mobile.ok && mobile.value === contact?.mobile;
  };

  return (
    <Page
      title={copy().title}
      lead={step === 'check' ? copy().leadAgain : copy().lead}
      backTo={search.back === 'check' ? pathTo('check') : pathTo('password')}
      step={<FlowStep of="contact" />}
      form={form}
    >
      <FlowNotice />
      <FormBody of={form} submit={copy().send[way()]}>
        {/* Not type="email": browsers rewrite what is typed there before the rules can read it. */}
        <TextField
          field={form.field('email')}
          label={copy().email}
          hint={copy().emailHint}
          inputmode="email"
          autocomplete="email"
        />
        <MobileField
          field={form.field('mobile')}
          label={copy().mobile}
          hint={copy().mobileHint(perDay)}
          after={isSameMobile() && way() === 'sms' ? copy().left(remainingToday) : ''}
        />
        <RadioCards
          field={form.field('way')}
          label={copy().way}
          options={ways().map((value) => ({
            value,
            label: copy().ways[value].label,
            note: copy().ways[value].note(weChatName()),
          }))}
        />
        <Puzzle field={form.field('ticket')} {...puzzleCalls('register')} />
      </FormBody>
    </Page>
  );
}
