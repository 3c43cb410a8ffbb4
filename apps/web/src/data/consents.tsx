import { type ConsentChoice, type ConsentKind, consents, consentsAt } from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { A } from '../router/router.tsx';
import { formatInstant } from '../copy/format.ts';
import { page } from '../lazy-page.ts';
import { bilingual, usePortal } from '../portal.ts';
import { type Fact, Facts, Note } from '../ui/blocks.tsx';
import type { DataView } from './data.tsx';
import { consentsCopy as copy } from './consents-copy.ts';

/** Comes with the first press: most who read this change nothing. */
const ConsentDialog = page(() => import('./consent-dialog.tsx'), 'ConsentDialog');

type Consent = DataView['consents'][number];

/** What was agreed to, newest first, each with its purpose, its receiver, and what can be done now. */
export function Consents(props: { given: readonly Consent[]; onChanged(): Promise<void> }) {
  const [asked, setAsked] = createSignal<{ consent: ConsentChoice; isGiven: boolean }>();
  const [told, setTold] = createSignal<string>();
  const { services } = usePortal();
  const nameOf = (id: string) => {
    const service = services.find((each) => each.id === id);
    return service === undefined ? id : bilingual(service.name);
  };
  const receiverOf = (kind: ConsentKind, serviceId = '') => {
    const { receiver } = consents[kind];
    return receiver === null
      ? copy().receivingService(nameOf(serviceId))
      : copy().receivers[receiver];
  };
  const row = (kind: ConsentKind, serviceId?: string): Fact => {
    const given = props.given.filter(
      (each) => each.kind === kind && (serviceId === undefined || each.receiver === serviceId),
    );
    const isGiven = given.some((each) => each.isLive);
    const term =
      serviceId === undefined ? copy().consentKinds[kind] : copy().toService(nameOf(serviceId));
    return {
      term,
      value: (
        <div class="tight">
          <For each={given} fallback={<p>{copy().noConsent}</p>}>
            {(consent) => <Given consent={consent} />}
          </For>
          <p class="soft small">
            {copy().purpose}
            {copy().purposes[consents[kind].purpose]}
            <br />
            {copy().receiver}
            {receiverOf(kind, serviceId)}
          </p>
          <Show when={kind === 'agreement'}>
            <p class="soft small">{copy().agreementText}</p>
          </Show>
        </div>
      ),
      action: kind !== 'agreement' && (
        <button
          type="button"
          class="link"
          aria-label={isGiven ? copy().withdrawLabel(term) : copy().giveLabel(term)}
          onClick={() => setAsked({ consent: { kind, serviceId }, isGiven })}
        >
          {isGiven ? copy().withdraw : copy().give}
        </button>
      ),
    };
  };
  const rows = () => [
    ...consentsAt(usePortal())
      .filter((kind) => kind !== 'agreement' && kind !== 'service')
      .map((kind) => row(kind)),
    ...services.map(({ id }) => row('service', id)),
    row('agreement'),
  ];
  return (
    <>
      <div role="status">
        <Show when={told()}>{(text) => <Note tone="ok">{text()}</Note>}</Show>
      </div>
      <Facts rows={rows()} />
      <p>
        <A class="alone" href="/privacy">
          {copy().privacy}
        </A>
      </p>
      <Show when={asked()} keyed>
        {({ consent, isGiven: isWithdrawal }) => (
          <Suspense>
            <ConsentDialog
              consent={consent}
              isWithdrawal={isWithdrawal}
              onCancel={() => setAsked(undefined)}
              onDone={async () => {
                await props.onChanged();
                setAsked(undefined);
                const words = copy().dialogs[consent.kind];
                setTold(isWithdrawal ? words.withdrawn : words.given);
              }}
            />
          </Suspense>
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
