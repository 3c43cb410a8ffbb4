import {
  maskEmail,
  type OrganisationContactAnswers,
  parseOrganisationContact,
} from '@shiming/domain';
import { Match, Show, Switch } from 'solid-js';
import { api } from '../api.ts';
import type { Delivery } from '../code/life.ts';
import { NotSent } from '../code/not-sent.tsx';
import { createStages } from '../contact/stages.ts';
import { createForm } from '../form/create-form.ts';
import { at, onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';
import { LazyPuzzle } from '../puzzle/lazy-puzzle.tsx';
import { onTicket, withTicket } from '../puzzle/with-ticket.ts';
import { A } from '../router/router.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { withPassword } from './asked-password.ts';
import { careCopy as copy } from './care-copy.ts';
import { ContactFields } from './contact-fields.tsx';
import { SignedIn, useOrganisation } from './signed-in.tsx';
import '../copy/organisation-problems.ts';

const CodePage = page(() => import('../code/code-page.tsx'), 'CodePage');

const homePath = '/organisation';

type Typed = OrganisationContactAnswers & { password: string };
type Stage =
  | { at: 'form'; typed?: Typed; last?: Delivery }
  | { at: 'code'; typed: Typed; sent: Delivery }
  | { at: 'done' };

const send = (typed: Typed, ticket: string) =>
  api.organisation.sendContactCode.mutate({ ...typed, ticket });

/** The contact person of an organisation is changed, by the password and a code to the new address. */
export function OrganisationContact() {
  return <SignedIn title={copy().contactTitle}>{() => <Change />}</SignedIn>;
}

function Change() {
  const on = useOrganisation();
  const [as, setStage] = createStages<Stage>({ at: 'form' });
  return (
    <Switch>
      <Match when={as('form')} keyed>
        {(now) => (
          <NewContact
            typed={now.typed}
            last={now.last}
            onBegin={async (typed, ticket) => {
              const sent = await send(typed, ticket);
              setStage(
                sent.code === null
                  ? { at: 'form', typed, last: sent }
                  : { at: 'code', typed, sent },
              );
              scrollTo(0, 0);
            }}
          />
        )}
      </Match>
      <Match when={as('code')} keyed>
        {({ typed, sent }) => (
          <CodePage
            title={copy().contactTitle}
            backTo={homePath}
            channel="mail"
            masked={maskEmail(typed.email)}
            code={sent.code}
            remainingToday={sent.remainingToday}
            purpose="contact"
            send={(ticket) => send(typed, ticket)}
            enter={async ({ code }) => {
              const { password: _, ...contact } = typed;
              await api.organisation.changeContact.mutate({ ...contact, code });
              setStage({ at: 'done' });
              scrollTo(0, 0);
            }}
            on={on}
            button={copy().changeContact}
            change={
              <button
                type="button"
                class="link whole"
                onClick={() => setStage({ at: 'form', typed: { ...typed, password: '' } })}
              >
                {copy().otherContact}
              </button>
            }
          />
        )}
      </Match>
      <Match when={as('done')}>
        <Page title={copy().contactDone} lead={copy().contactDoneText}>
          <div class="row">
            <A class="btn" href={homePath}>
              {copy().back}
            </A>
          </div>
        </Page>
      </Match>
    </Switch>
  );
}

function NewContact(props: {
  typed: Typed | undefined;
  last: Delivery | undefined;
  onBegin(typed: Typed, ticket: string): Promise<void>;
}) {
  const form = createForm({
    initial: {
      person: '',
      mobile: '',
      email: '',
      contactAgrees: false,
      password: '',
      ...props.typed,
      ticket: '',
    },
    validate: (typed) =>
      withTicket(withPassword(parseOrganisationContact(typed), typed.password), typed.ticket),
    submit: ({ ticket, ...typed }) => props.onBegin(typed, ticket),
    on: {
      ...useOrganisation(),
      ...onTicket,
      ...onEach(['code.day_limit', 'code.too_soon'], at('email')),
    },
    spends: 'ticket',
  });
  return (
    <Page title={copy().contactTitle} lead={copy().contactLead} backTo={homePath} form={form}>
      <Show when={props.last}>{(last) => <NotSent channel="mail" delivery={last()} />}</Show>
      <FormBody of={form} submit={copy().sendCode}>
        <ContactFields form={form} emailHint={copy().contactEmailHint} />
        <PasswordField
          field={form.field('password')}
          label={copy().password}
          autocomplete="current-password"
        />
        <LazyPuzzle field={form.field('ticket')} purpose="contact" />
      </FormBody>
    </Page>
  );
}
