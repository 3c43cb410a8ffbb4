import { A, useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { api, appErrorOf, type Failure } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { withTicket } from '../puzzle/with-ticket.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { bySmsPath, endedPath, RecoveryStep, wayPath } from './shared.tsx';
import { mailCopy as copy, type Recovery, WithRecovery } from './way.tsx';

const ofThePuzzle = new Set<Failure['code']>([
  'code.day_limit',
  'code.too_soon',
  'puzzle.ticket_refused',
]);

/** T-PWD-02: asks for the link by mail. */
export function ByMailPage() {
  return (
    <WithRecovery title={copy().mailTitle}>
      {(recovery) => <ByMail recovery={recovery} />}
    </WithRecovery>
  );
}

function ByMail(props: { recovery: Recovery }) {
  const navigate = useNavigate();
  const [isSent, setSent] = createSignal(false);
  const form = createForm({
    initial: { ticket: '' },
    validate: (typed) => withTicket({ ok: true }, typed.ticket),
    async submit(typed) {
      try {
        await api.recovery.sendLink.mutate(typed);
        form.field('ticket').set('');
        setSent(true);
        scrollTo(0, 0);
      } catch (error) {
        const refusal = appErrorOf(error);
        if (refusal?.code === 'recovery.not_started') navigate(endedPath, { replace: true });
        if (refusal?.code === 'puzzle.ticket_refused') form.field('ticket').set('');
        throw error;
      }
    },
    placeFailure: ({ code }) => (ofThePuzzle.has(code) ? 'ticket' : undefined),
  });
  const asking = () => (
    <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
      <Puzzle field={form.field('ticket')} {...puzzleCalls('recover')} />
      <SubmitButton isBusy={form.isSubmitting()}>{copy().send}</SubmitButton>
    </form>
  );
  return (
    <Page title={copy().mailTitle} backTo={wayPath} step={<RecoveryStep at={2} />} form={form}>
      <Show
        when={isSent()}
        fallback={
          <>
            <p>
              {copy().sendTo}
              <b>{props.recovery.maskedEmail}</b>
              {copy().sendToAfter}
            </p>
            {asking()}
          </>
        }
      >
        <div role="status">
          <Note tone="ok">
            <p>
              {copy().sentTo}
              <b>{props.recovery.maskedEmail}</b>
              {copy().sentToAfter}
            </p>
          </Note>
        </div>
        <details class="reveal">
          <summary>{copy().notReceived}</summary>
          <div class="stack">
            <p>{copy().wait}</p>
            <p>{copy().again}</p>
            {asking()}
          </div>
        </details>
      </Show>
      <p>
        <A href={bySmsPath}>{copy().otherWay}</A>
      </p>
    </Page>
  );
}
