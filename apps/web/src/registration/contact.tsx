import {
  type ContactKind,
  contactIdentifiers,
  parseContactAnswers,
  provedKindOf,
} from '@shiming/domain';
import { Show } from 'solid-js';
import { useSearchParams } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { onEach } from '../form/refusals.ts';
import { createForm } from '../form/create-form.ts';
import { VouchedNote } from '../ministry/lazy-note.tsx';
import { vouched } from '../ministry/vouched.ts';
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
import { FlowNotice, FlowStep, OpeningStep, useFlow } from './flow.tsx';
import { drawWeChatCode, sendCode } from './send-code.ts';
import { wayOfCode } from './contact-way.ts';
import { backFrom, firstStep, type Registration } from './steps.ts';

const copy = defineCopy(zh, () => import('./contact.en.ts'));

const ways = ['sms', 'wechat'] as const;

/** Mail and mobile, the way of the code, and the puzzle before it (T-REG-09 to 13, S-REG-01). */
export function ContactPage() {
  return (
    <OpeningStep name="contact">
      {(registration) => <ContactForm registration={registration()} />}
    </OpeningStep>
  );
}

function ContactForm(props: { registration: Registration | null }) {
  const flow = useFlow();
  const portal = usePortal();
  const { kinds, asks } = portal.contacts;
  const isChoice = asks === 'one' && kinds.length > 1;
  const [search] = useSearchParams();
  const contact = props.registration?.contact ?? null;
  /** What was typed where only one is asked for, and not what was typed before another was chosen. */
  const given = ({ kind, email, mobile }: Record<'kind' | ContactKind, string>) => ({
    email: isChoice && kind !== 'email' ? '' : email,
    mobile: isChoice && kind !== 'mobile' ? '' : mobile,
  });
  const form = createForm({
    initial: {
      kind: contact === null ? kinds[0] : provedKindOf(contact),
      email: contact?.email ?? vouched()?.email ?? '',
      mobile: contact?.mobile ?? vouched()?.mobile ?? '',
      way: wayOfCode(search.by, props.registration?.channel ?? 'sms'),
      ticket: '',
    },
    validate: (typed) => withTicket(parseContactAnswers(given(typed), portal), typed.ticket),
    submit: (typed) =>
      typed.way === 'wechat'
        ? drawWeChatCode(flow, given(typed), typed.ticket)
        : sendCode(flow, given(typed), typed.ticket),
    on: {
      ...flow.on,
      ...onTicket,
      ...onEach(['code.day_limit', 'code.too_soon'], () => ({ at: codeGoesTo() })),
    },
    spends: 'ticket',
  });
  const isAsked = (kind: ContactKind) =>
    kinds.includes(kind) && (!isChoice || form.values.kind === kind);
  const codeGoesTo = (): ContactKind => (isAsked('mobile') ? 'mobile' : 'email');
  const channel = () => {
    if (form.values.way === 'wechat') return 'wechat';
    return contactIdentifiers[codeGoesTo()].channel;
  };
  /** How often the contact can still get a code today, where it is the one that a code was sent to. */
  const left = (kind: ContactKind) => {
    const { parse } = contactIdentifiers[kind];
    const parsed = parse(form.values[kind]);
    const isSame = parsed.ok && parsed.value === contact?.[kind];
    return isSame && kind === codeGoesTo() && channel() !== 'wechat'
      ? copy().left(props.registration?.remainingToday ?? 0)
      : '';
  };
  const perDay = (kind: ContactKind) => contactIdentifiers[kind].codeRule(portal).perDay;
  const firstHint = () =>
    copy().emailFirstHint(perDay('email')) +
    (portal.needs.includes('binding') ? copy().schoolMail : '');
  const lead = () => {
    if (props.registration?.step === 'check') return copy().leadAgain;
    return firstStep() === 'contact' ? copy().leadFirst : copy().lead;
  };

  return (
    <Page
      title={copy().title}
      lead={lead()}
      backTo={backFrom('contact', search.back)}
      step={<FlowStep of="contact" />}
      form={form}
    >
      <FlowNotice />
      <VouchedNote of={contact === null && (vouched()?.email ?? vouched()?.mobile)} />
      <FormBody of={form} submit={copy().send[channel()]}>
        <Show when={isChoice}>
          <RadioCards
            field={form.field('kind')}
            label={copy().kind}
            options={kinds.map((value) => ({ value, label: copy()[value] }))}
          />
        </Show>
        {/* Not type="email": browsers rewrite what is typed there before the rules can read it. */}
        <Show when={isAsked('email')}>
          <TextField
            field={form.field('email')}
            label={copy().email}
            hint={isChoice ? firstHint() : copy().emailHint}
            inputmode="email"
            autocomplete="email"
            after={left('email')}
          />
        </Show>
        <Show when={isAsked('mobile')}>
          <MobileField
            field={form.field('mobile')}
            label={copy().mobile}
            hint={copy().mobileHint(perDay('mobile'))}
            after={left('mobile')}
          />
        </Show>
        <Show when={weChatName()}>
          {(account) => (
            <RadioCards
              field={form.field('way')}
              label={copy().way}
              options={ways.map((value) => ({
                value,
                label: copy().ways[value].label,
                note: copy().ways[value].note(account()),
              }))}
            />
          )}
        </Show>
        <Puzzle field={form.field('ticket')} {...puzzleCalls('register')} />
      </FormBody>
    </Page>
  );
}
