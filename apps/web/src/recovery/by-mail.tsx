import { createSignal, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { createSendForm, SendForm } from '../code/code.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { bySmsPath, RecoveryStep, useRecovery, wayPath } from './shared.tsx';
import { hold, type Recovery } from './held.ts';
import { mailCopy as copy } from './mail-copy.ts';
import { WithRecovery } from './with-recovery.tsx';
import { usePortal } from '../portal.ts';
import { formatSpan } from '../copy/spans.ts';

/** T-PWD-02: asks for the link by mail. */
export function ByMailPage() {
  return (
    <WithRecovery title={copy().mailTitle}>
      {(recovery) => <ByMail recovery={recovery} />}
    </WithRecovery>
  );
}

function ByMail(props: { recovery: Recovery }) {
  const [isSent, setSent] = createSignal(false);
  const form = createSendForm(async (ticket) => {
    hold(await api.recovery.sendLink.mutate({ ticket }));
    form.field('ticket').set('');
    setSent(true);
    scrollTo(0, 0);
  }, useRecovery());
  const asking = () => <SendForm form={form} purpose="recover" button={copy().send} />;
  return (
    <Page title={copy().mailTitle} backTo={wayPath} step={<RecoveryStep of="proof" />} form={form}>
      <Show
        when={isSent()}
        fallback={
          <>
            <p>
              {copy().sendTo}
              <b>{props.recovery.maskedEmail}</b>
              {copy().sendToAfter(formatSpan(usePortal().recovery.link.validMs))}
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
            <p>{copy().again(formatSpan(usePortal().recovery.link.validMs))}</p>
            {asking()}
          </div>
        </details>
      </Show>
      <p>
        <A class="alone" href={bySmsPath}>
          {copy().otherWay}
        </A>
      </p>
    </Page>
  );
}
