import {
  type CorrectionAnswers,
  documentOf,
  isVerified,
  meetsLevel,
  shanghaiDate,
  verifiedLevel,
} from '@shiming/domain';
import { For, Match, Show, Suspense, Switch } from 'solid-js';
import { A } from '../router/router.tsx';
import { serverNow } from '../clock.ts';
import { validityLine } from '../copy/documents.ts';
import { levelCopy, levelName } from '../copy/levels.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import type { Form } from '../form/create-form.ts';
import { NameField } from '../identity/name-field.tsx';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { taskPath } from '../review/view.ts';
import { profilePath, reviewPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { Facts, Loading, Note, Num } from '../ui/blocks.tsx';
import { Stamp } from '../ui/stamp.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { verificationCopy as copy } from './copy.ts';
import { numberRows } from './number-rows.tsx';
import { type Go, lastOutcome, type VerificationStage, type VerificationView } from './stage.ts';
import { page } from '../lazy-page.ts';
import { bilingual, portalWord, signsInByNumber, usePortal } from '../portal.ts';

const Ledger = page(() => import('./ledger.tsx'), 'Ledger');
const UnderReview = page(() => import('../review/under-review.tsx'), 'UnderReview');

type OverviewProps = {
  view: VerificationView;
  stage: VerificationStage;
  form: Form<CorrectionAnswers>;
  onGo: Go;
};

/** Where the person stands, and the form where there is something to send. */
export function Overview(props: OverviewProps) {
  const session = useSession();
  const mayAskForReview = () => {
    const next = session.current()?.next;
    return next?.step === 'verify_later' && next.review !== 'none';
  };
  const { services, records } = usePortal();
  const isServiceBehind = () => services.some(({ level }) => meetsLevel(level, verifiedLevel));
  const recordsPage = () => (records?.page ? bilingual(records.page) : null);
  const isChanging = () => props.stage === 'open' && isVerified(props.view);
  /** The last day of a document that has run out, for whom it has taken the level from or keeps it from. */
  const ranOut = () => {
    const end = props.view.validity?.end ?? null;
    const isOver = end !== null && end < shanghaiDate(serverNow());
    return isOver && !isVerified(props.view) ? end : undefined;
  };
  const lead = () => {
    if (props.stage !== 'open') return undefined;
    return props.view.checks === 'travel_permit' ? copy().leadPermit : copy().lead;
  };
  return (
    <Page
      title={isChanging() ? copy().changeTitle : copy().title}
      lead={lead()}
      backTo={isChanging() ? '/account/verification' : '/account'}
      form={props.form}
    >
      <Show when={ranOut()}>
        {(end) => <Note tone="warn">{copy().ranOut(formatDate(end()))}</Note>}
      </Show>
      <Switch>
        <Match when={props.stage === 'verified'}>
          <Verified view={props.view} onGo={props.onGo} />
        </Match>
        <Match when={props.stage === 'under_review'}>
          <Suspense fallback={<Loading />}>
            <UnderReview />
          </Suspense>
        </Match>
        <Match when={props.stage === 'no_authority'}>
          <Note tone="warn">
            <p>
              <b>{copy().notVerified}</b> {copy().noAuthority}
            </p>
            <p>{copy().noAuthorityNext}</p>
          </Note>
          <div class="row">
            <A class="btn" href={reviewPath}>
              {copy().toReview}
            </A>
          </div>
          <Facts
            rows={[
              { term: copy().name, value: props.view.name },
              ...numberRows(props.view),
              {
                term: copy().validity,
                value: <Num>{validityLine(props.view.validity)}</Num>,
              },
            ]}
          />
        </Match>
        <Match when={props.stage === 'used_up'}>
          <Note tone="warn">
            {copy().usedUp(props.view.perDay, formatInstant(props.view.resumesAtMs))}{' '}
            <LastFailed {...props} />
          </Note>
          <div class="row">
            <Show when={mayAskForReview()}>
              <A class="btn" href={reviewPath}>
                {copy().toReview}
              </A>
            </Show>
            <A class="btn plain" href="/">
              {copy().toServices}
            </A>
          </div>
        </Match>
        <Match when={props.stage === 'open'}>
          <Note>
            <Show when={!isVerified(props.view)}>
              <b>{copy().notVerified}</b>{' '}
            </Show>
            {copy().left(props.view.remainingToday, props.view.perDay)} <LastFailed {...props} />
          </Note>
          <Show
            when={session.current()?.hasConsented !== false}
            fallback={
              <Suspense fallback={<Loading />}>
                <GiveConsent consent={{ kind: 'document_number' }} />
              </Suspense>
            }
          >
            <CorrectionForm view={props.view} form={props.form} />
          </Show>
        </Match>
      </Switch>
      <Show when={props.view.attempts.length > 0}>
        <Suspense>
          <Ledger view={props.view} />
        </Suspense>
      </Show>
      <Show when={props.stage !== 'no_authority' && props.stage !== 'under_review'}>
        <section class="tight">
          <h2>{copy().notes}</h2>
          <ul>
            <For
              each={copy().noteList({
                perDay: props.view.perDay,
                services: isServiceBehind() ? portalWord('services') : null,
                page: recordsPage(),
                signsIn: signsInByNumber(),
                workingDays: usePortal().review.workingDays,
              })}
            >
              {(note) => (
                <li>
                  <Foreign>{note}</Foreign>
                </li>
              )}
            </For>
          </ul>
          <Show when={documentOf(props.view.documentType).hasNetworkCredential}>
            <p>
              <A href="/help#credential">{copy().guide}</A>
            </p>
          </Show>
        </section>
      </Show>
      <p>
        <A class="alone" href="/help#verification">
          {copy().help}
        </A>
      </p>
    </Page>
  );
}

function LastFailed(props: OverviewProps) {
  const hasFailed = () => {
    const outcome = lastOutcome(props.view);
    return outcome !== undefined && outcome !== 'matched';
  };
  return (
    <Show when={hasFailed()}>
      {copy().lastFailed}{' '}
      <button type="button" class="link" onClick={() => props.onGo('result')}>
        {copy().lastFailedLink}
      </button>
    </Show>
  );
}

function toldOf({ by, atMs }: NonNullable<VerificationView['proved']>): string {
  const time = formatInstant(atMs);
  if (by === 'review') return copy().reviewed(time);
  return by === 'authority' ? copy().matched(time) : copy().matchedBy[by](time);
}

/** How and when somebody was verified, and the way to change what it is about. */
export function Verified(props: { view: VerificationView; onGo: Go }) {
  const isByReview = () => props.view.proved?.by === 'review';
  return (
    <>
      <Show when={props.view.proved}>
        {(proved) => (
          <div class="card result">
            <div class="tight">
              <h2>{isByReview() ? copy().reviewedTitle : copy().matchedTitle}</h2>
              <p class="soft">{toldOf(proved())}</p>
            </div>
            <Stamp />
          </div>
        )}
      </Show>
      <Facts
        rows={[
          { term: copy().name, value: props.view.name },
          ...numberRows(props.view),
          {
            term: copy().validity,
            value: <Num>{validityLine(props.view.validity)}</Num>,
          },
          {
            term: levelCopy().term,
            value: levelName(props.view.level, isByReview()),
          },
        ]}
      />
      <section class="stack">
        <div class="tight">
          <h2>{copy().changed}</h2>
          <p>
            {props.view.checks === 'none'
              ? copy().changedReview
              : isByReview()
                ? copy().reviewedAgain
                : copy().changedText}
          </p>
        </div>
        <div class="row">
          <Show
            when={props.view.checks !== 'none'}
            fallback={
              <A class="btn quiet" href={taskPath('answers')}>
                {copy().toReview}
              </A>
            }
          >
            <button type="button" class="btn quiet" onClick={() => props.onGo('change')}>
              {copy().changedButton}
            </button>
          </Show>
        </div>
      </section>
    </>
  );
}

function CorrectionForm(props: { view: VerificationView; form: Form<CorrectionAnswers> }) {
  return (
    <FormBody of={props.form} submit={copy().submit}>
      <Show when={props.view.checks === 'travel_permit'}>
        <Note tone="warn">
          <p>{copy().permitOnly}</p>
          <p>
            {copy().permitWrong}
            <A href={profilePath()}>{copy().permitWrongLink}</A>
          </p>
        </Note>
      </Show>
      <Facts rows={numberRows(props.view)} />
      <NameField field={props.form.field('name')} type={props.view.documentType} />
      <ValidityFields
        start={props.form.field('validityStart')}
        term={props.form.field('validityTerm')}
        type={props.view.documentType}
        birthDate={props.view.birthDate}
      />
    </FormBody>
  );
}
