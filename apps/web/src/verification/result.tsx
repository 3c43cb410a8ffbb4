import { type Correction, documentOf, isVerified, type VerificationOutcome } from '@shiming/domain';
import { For, Match, Show, Switch } from 'solid-js';
import { A, useSearchParams } from '../router/router.tsx';
import { validityLine } from '../copy/documents.ts';
import { levelCopy, levelName } from '../copy/levels.ts';
import { formatInstant } from '../copy/format.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual, portalWord, usePortal } from '../portal.ts';
import { entryPath } from '../session/entry.ts';
import { identityPath, recordsPath, reviewPath } from '../session/next.ts';
import { NextStepNote, tellNext } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { ownPath } from '../shared/own-path.ts';
import { ActionFailure } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Stamp } from '../ui/stamp.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { verificationCopy } from './copy.ts';
import { Ledger } from './ledger.tsx';
import { numberRows, type WholeNumber } from './number-rows.tsx';
import { CredentialGuide } from './credential-guide.tsx';
import { zh } from './result.zh.ts';
import { type Go, resultPage, type VerificationView } from './stage.ts';

const copy = defineCopy(zh, () => import('./result.en.ts'));

type ResultProps = {
  view: VerificationView;
  outcome: VerificationOutcome;
  /** What was sent, as long as the page knows it: it is not kept. */
  sent: Correction | undefined;
  number: WholeNumber;
  onGo: Go;
};

/** What came of the last try. */
export function Result(props: ResultProps) {
  const page = () => resultPage(props.outcome);
  return (
    <Switch>
      <Match when={page() === 'success'}>
        <Success view={props.view} />
      </Match>
      <Match when={page() === 'explanation'}>
        <Explanation {...props} />
      </Match>
      <Match when={page() === 'refused'}>
        <NotCounted
          {...props}
          title={copy().refusedTitle}
          again={copy().backToCheck}
          text={copy().refused}
        />
      </Match>
      <Match when={page() === 'unavailable'}>
        <NotCounted
          {...props}
          title={copy().unavailableTitle}
          again={copy().again}
          text={`${copy().unavailable}${copy().unavailableLater}`}
        />
      </Match>
    </Switch>
  );
}

function Success(props: { view: VerificationView }) {
  const [query] = useSearchParams<{ next: string }>();
  const asked = () => {
    const path = ownPath(query.next) ?? entryPath() ?? '';
    const service = usePortal().services.find(
      ({ id }) => path.split('?', 1)[0] === `/services/${id}`,
    );
    return service && { path, name: service.name };
  };
  const session = useSession();
  /** What is left to do, at a portal where more is needed. */
  const further = () => {
    const current = session.current();
    if (!current || current.next.step === 'use_services') return undefined;
    return tellNext(current, ownPath(query.next));
  };
  return (
    <Page title={verificationCopy().matchedTitle}>
      <div class="card result">
        <p class="soft">
          {verificationCopy().matched(
            formatInstant(props.view.proved?.atMs ?? props.view.resumesAtMs),
          )}
        </p>
        <Stamp />
      </div>
      <Facts
        rows={[
          { term: verificationCopy().name, value: <Foreign>{props.view.name}</Foreign> },
          ...numberRows(props.view),
          {
            term: verificationCopy().validity,
            value: <Num>{validityLine(props.view.validity)}</Num>,
          },
          { term: levelCopy().term, value: levelName(3) },
        ]}
      />
      <Show when={portalWord('renamed')}>{(text) => <Note tone="warn">{text()}</Note>}</Show>
      <Show when={further()}>{(told) => <NextStepNote told={told()} />}</Show>
      <div class="row">
        <Show
          when={asked()}
          fallback={
            <A class="btn" href="/">
              {copy().toServices}
            </A>
          }
        >
          {(service) => (
            <A class="btn" href={service().path}>
              {copy().toService(bilingual(service().name))}
            </A>
          )}
        </Show>
        <Show when={usePortal().records?.page}>
          {(records) => (
            <A class="btn quiet" href={recordsPath}>
              {copy().records(bilingual(records()))}
            </A>
          )}
        </Show>
        <A class="btn plain" href="/account">
          {copy().toAccount}
        </A>
      </div>
      <Ledger view={props.view} />
    </Page>
  );
}

/** Back to the form: for somebody who has been verified before, to the change that was not taken. */
const goBack = (props: ResultProps) => props.onGo(isVerified(props.view) ? 'change' : undefined);

/** T-VER-05: what the seed explains in six parts, as steps. */
function Explanation(props: ResultProps) {
  const session = useSession();
  const [query] = useSearchParams<{ next: string }>();
  const isCorrectable = () => session.current()?.identityCheck === 'correctable';
  const isServed = () => session.current()?.next.step === 'use_services';
  /** Where the check follows the identity, what was sent is what the account has. */
  const sentOf = () =>
    props.sent ?? (usePortal().verification.followsIdentity ? props.view : undefined);
  const isPermit = () => props.view.checks === 'travel_permit';
  const hasCtid = () => documentOf(props.view.documentType).hasNetworkCredential;
  return (
    <Page title={copy().failedTitle}>
      <Note tone="bad">
        <p>
          <b>{props.outcome === 'no_record' ? copy().noRecord : copy().mismatched}</b>{' '}
          {copy().countedLeft(props.view.remainingToday, formatInstant(props.view.resumesAtMs))}
        </p>
        <Show when={isVerified(props.view)}>
          <p>{copy().stillVerified}</p>
        </Show>
      </Note>
      <section class="stack">
        <h2>{copy().compareTitle}</h2>
        <Show when={sentOf()}>
          {(sent) => (
            <>
              <p>{copy().compareLead}</p>
              <Facts
                rows={[
                  { term: verificationCopy().name, value: <Foreign>{sent().name}</Foreign> },
                  ...props.number.rows(),
                  ...(isPermit()
                    ? []
                    : [
                        {
                          term: verificationCopy().validity,
                          value: <Num>{validityLine(sent().validity)}</Num>,
                        },
                      ]),
                ]}
              />
              <ActionFailure action={props.number.reveal} />
            </>
          )}
        </Show>
        <ul>
          <For each={isPermit() ? copy().comparePermit : copy().compare}>
            {(item) => (
              <li>
                <Foreign>{item}</Foreign>
              </li>
            )}
          </For>
        </ul>
        <Show when={isCorrectable()} fallback={!isPermit() && <p>{copy().numberFixed}</p>}>
          <p>{copy().correctText}</p>
        </Show>
        <Show when={usePortal().records?.page}>
          <p>{copy().schoolFirst}</p>
        </Show>
        <div class="row">
          <Show when={isCorrectable()}>
            <A class="btn" href={identityPath(query.next)}>
              {copy().correct}
            </A>
          </Show>
          <Show when={props.view.remainingToday > 0}>
            <button
              type="button"
              class={isCorrectable() ? 'btn quiet' : 'btn'}
              onClick={() => goBack(props)}
            >
              {copy().backToCheck}
            </button>
          </Show>
        </div>
      </section>
      <Show when={hasCtid()}>
        <section class="stack">
          <h2>{copy().stillTitle}</h2>
          <div class="tight">
            <p>{copy().still}</p>
            <p>
              <Foreign>{copy().stillCtid}</Foreign>
            </p>
          </div>
          <CredentialGuide />
        </section>
      </Show>
      <section class="stack">
        <h2>
          <Foreign>{hasCtid() ? copy().reviewTitle : copy().reviewTitlePermit}</Foreign>
        </h2>
        <div class="tight">
          <Show when={!hasCtid()}>
            <p>{copy().still}</p>
          </Show>
          <p>
            {copy().review} {isServed() ? copy().servicesGoOn : copy().meanwhile}
          </p>
        </div>
        <div class="row">
          <A class="btn quiet" href={reviewPath}>
            {copy().toReview}
          </A>
        </div>
      </section>
      <Ledger view={props.view} />
      <p>
        <A class="alone" href="/help#verification">
          {verificationCopy().help}
        </A>{' '}
        <A class="alone" href="/tickets/new">
          {verificationCopy().write}
        </A>
      </p>
    </Page>
  );
}

/** Nothing was learned of the person, and nothing was counted (T-VER-07). */
function NotCounted(props: ResultProps & { title: string; text: string; again: string }) {
  const [query] = useSearchParams<{ next: string }>();
  return (
    <Page title={props.title}>
      <Note tone="warn">
        <p>{props.text}</p>
        <p>
          <b>{copy().notCountedLeft(props.view.remainingToday)}</b>
        </p>
      </Note>
      <div class="row">
        <button type="button" class="btn" onClick={() => goBack(props)}>
          {props.again}
        </button>
        <Show when={usePortal().verification.followsIdentity}>
          <A class="btn quiet" href={ownPath(query.next) ?? '/'}>
            {copy().goOn}
          </A>
        </Show>
        <A class="btn plain" href="/account">
          {copy().toAccount}
        </A>
      </div>
      <Ledger view={props.view} />
    </Page>
  );
}
