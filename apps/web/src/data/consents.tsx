import { type ConsentKind, type WithdrawableConsent, withdrawableConsents } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { formatInstant } from '../copy/format.ts';
import { type Fact, Facts, Note } from '../ui/blocks.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import type { DataView } from './data.tsx';
import { consentsCopy as copy } from './consents-copy.ts';

type Consent = DataView['consents'][number];

const isWithdrawable = (kind: ConsentKind): kind is WithdrawableConsent =>
  withdrawableConsents.some((each) => each === kind);

/** What was agreed to, newest first, each with what can be done now. */
export function Consents(props: { given: readonly Consent[]; onChanged(): Promise<void> }) {
  const [asked, setAsked] = createSignal<{ kind: WithdrawableConsent; isGiven: boolean }>();
  const [told, setTold] = createSignal<string>();
  const kinds: readonly ConsentKind[] = ['document_number', 'agreement'];
  const given = (kind: ConsentKind) => props.given.filter((each) => each.kind === kind);
  const isGiven = (kind: ConsentKind) => given(kind).some((each) => each.isLive);
  const row = (kind: ConsentKind): Fact => ({
    term: copy().consentKinds[kind],
    value: (
      <Show when={given(kind).length > 0} fallback={copy().noConsent}>
        <div class="tight">
          <For each={given(kind)}>{(consent) => <Given consent={consent} />}</For>
          <Show when={!isWithdrawable(kind)}>
            <p class="soft small">{copy().agreementText}</p>
          </Show>
        </div>
      </Show>
    ),
    action: isWithdrawable(kind) && (
      <button
        type="button"
        class="link"
        aria-label={
          isGiven(kind)
            ? copy().withdrawLabel(copy().consentKinds[kind])
            : copy().giveLabel(copy().consentKinds[kind])
        }
        onClick={() => setAsked({ kind, isGiven: isGiven(kind) })}
      >
        {isGiven(kind) ? copy().withdraw : copy().give}
      </button>
    ),
  });
  return (
    <>
      <div role="status">
        <Show when={told()}>{(text) => <Note tone="ok">{text()}</Note>}</Show>
      </div>
      <Facts rows={kinds.map(row)} />
      <p>
        <A class="alone" href="/privacy">
          {copy().privacy}
        </A>
      </p>
      <Show when={asked()} keyed>
        {({ kind, isGiven: isWithdrawal }) => (
          <ConsentDialog
            kind={kind}
            isWithdrawal={isWithdrawal}
            onCancel={() => setAsked(undefined)}
            onDone={async () => {
              await props.onChanged();
              setAsked(undefined);
              setTold(isWithdrawal ? copy().withdrawn : copy().given);
            }}
          />
        )}
      </Show>
    </>
  );
}

function Given(props: { consent: Consent }) {
  return (
    <p>
      {copy().givenAt(formatInstant(props.consent.givenAtMs))}{' '}
      <span class="whole soft">{copy().version(props.consent.version)}</span>
      <Show when={!props.consent.isLive}>
        <br />
        <Show when={props.consent.withdrawnAtMs} fallback={copy().outdated}>
          {(atMs) => <>{copy().withdrawnAt(formatInstant(atMs()))}</>}
        </Show>
      </Show>
    </p>
  );
}
