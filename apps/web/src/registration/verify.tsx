import { groupNumber } from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { A, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { validityLine } from '../copy/documents.ts';
import { formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { faceFor } from '../session/next.ts';
import { Facts, NewTab, Note, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { pathTo, type Registration } from './steps.ts';
import { zh } from './verify.zh.ts';

const copy = defineCopy(zh, () => import('./verify.en.ts'));

const AtWindow = page(() => import('../window/ticket.tsx'), 'AtWindow');

type Check = NonNullable<Registration['verification']>;

/** E-REG-01: the four factors, before there is an account. What came of the last try stands on the same page. */
export function RegistrationVerify() {
  return <Step name="verify">{(registration) => <Verify registration={registration()} />}</Step>;
}

function Verify(props: { registration: Registration }) {
  const flow = useFlow();
  const check = () => props.registration.verification;
  const last = () => {
    const outcome = check()?.last ?? null;
    return outcome === 'matched' ? null : outcome;
  };
  const isAboutPerson = () => last() === 'mismatched' || last() === 'no_record';
  const [query] = useSearchParams<{ activate: string }>();
  const [isWindowOnly, setWindowOnly] = createSignal(query.activate !== undefined);
  const isUsedUp = () => check()?.remainingToday === 0;
  const form = createForm({
    initial: {},
    validate: () => ({ ok: true }),
    async submit() {
      const now = await api.registration.verify.mutate();
      const hasPassed = now.verification?.last === 'matched';
      flow.goOn(now, hasPassed ? { tone: 'ok', said: () => copy().passed } : undefined);
    },
    on: {
      ...flow.on,
      // Said once the contact is proved: here it takes a window.
      'registration.to_be_activated': () => void setWindowOnly(true),
      // Used up elsewhere: the page says until when.
      'verification.day_limit': async () => {
        await flow.reload();
        flow.open(pathTo('verify'), undefined, { replace: true });
      },
    },
  });
  const title = () => {
    const outcome = last();
    return outcome === null ? copy().title : copy().titles[outcome];
  };
  return (
    <Page
      title={title()}
      lead={last() === null ? copy().lead : undefined}
      backTo={pathTo('document')}
      step={<FlowStep of="verify" />}
      form={form}
    >
      <FlowNotice />
      <Show when={check()}>{(of) => <Outcome last={last()} check={of()} />}</Show>
      <section class="tight">
        <div class="row between links">
          <h2>{isAboutPerson() ? copy().compareTitle : copy().document}</h2>
          <A href={pathTo('document')}>{copy().edit}</A>
        </div>
        <Show when={props.registration.identity}>
          {(identity) => (
            <Facts
              rows={[
                {
                  term: copy().name,
                  value: (
                    <b>
                      <Foreign>{identity().name}</Foreign>
                    </b>
                  ),
                },
                {
                  term: copy().number,
                  value: <Num strong>{groupNumber(identity().number)}</Num>,
                },
                {
                  term: copy().validity,
                  value: (
                    <Num>
                      <Foreign>{validityLine(identity().validity)}</Foreign>
                    </Num>
                  ),
                },
              ]}
            />
          )}
        </Show>
        <Show when={isAboutPerson()}>
          <ul>
            <For each={copy().compare}>{(item) => <li>{item}</li>}</For>
          </ul>
        </Show>
      </section>
      <Show when={isWindowOnly()}>
        <Note>{copy().activation}</Note>
        <Show when={usePortal().face}>
          <div class="row">
            <A class="btn" href={faceFor('activate')}>
              {copy().byFace}
            </A>
          </div>
        </Show>
      </Show>
      <Show when={!isUsedUp() && !isWindowOnly()}>
        <FormBody of={form} submit={last() === null ? copy().submit : copy().again} />
      </Show>
      <Show when={(isAboutPerson() || isUsedUp()) && !isWindowOnly()}>
        <section class="stack">
          <h2>{copy().renewedTitle}</h2>
          <p>{copy().renewed}</p>
          <p>
            <NewTab href="/network-credential">{copy().credential}</NewTab>
          </p>
        </section>
      </Show>
      {/* The other way, for everybody, and not only where the first has failed. */}
      <Show when={usePortal().hasWindow}>
        <Suspense>
          <AtWindow
            ticket={check()?.ticket ?? null}
            take={async () => {
              await api.registration.takeTicket.mutate();
              // In its place: the page does not begin again.
              await flow.reload();
            }}
            seeResult={async () => {
              await flow.reload();
              const now = flow.registration();
              if (now !== null) flow.goOn(now);
            }}
            on={flow.on}
          />
        </Suspense>
      </Show>
      <Show when={last() !== null || isUsedUp()}>
        <p>
          {copy().helpBefore}
          <NewTab href="/tickets/new">{copy().help}</NewTab>
          {copy().helpAfter}
        </p>
      </Show>
    </Page>
  );
}

/** How the last try ended, and what is left of the day's. */
function Outcome(props: { last: Exclude<Check['last'], 'matched'>; check: Check }) {
  const left = () => {
    const { remainingToday, perDay, resumesAtMs, isCounted } = props.check;
    if (remainingToday === 0) return copy().usedUp(perDay, formatInstant(resumesAtMs));
    if (props.last === null) return '';
    return isCounted ? copy().counted(remainingToday) : copy().notCounted(remainingToday);
  };
  return (
    <Show when={props.last !== null || left() !== ''}>
      <Note tone={props.check.isCounted ? 'bad' : 'warn'}>
        <div class="tight">
          <Show when={props.last}>
            {(outcome) => (
              <p>
                <b>{copy().outcomes[outcome()]}</b> {copy().kept}
              </p>
            )}
          </Show>
          <p>{left()}</p>
        </div>
      </Note>
    </Show>
  );
}
