import { ownRetentionWords, retentionKinds } from '@shiming/domain';
import { createSignal, type JSX, Show, Suspense } from 'solid-js';
import { A } from '../router/router.tsx';
import { IdentityFacts } from '../account/identity-facts.tsx';
import { identityRows } from '../shared/identity-rows.ts';
import { api } from '../api.ts';
import { levelCopy, levelName } from '../copy/levels.ts';
import { formatDay, formatInstant } from '../copy/format.ts';
import { formatSpan } from '../copy/spans.ts';
import { page } from '../lazy-page.ts';
import { profilePath, recordsPath, reviewPath, verificationPath } from '../session/next.ts';
import { createRead } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { type Fact, Facts, Loading, Reveal } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { Closing } from './closing.tsx';
import { dataCopy as copy } from './data-copy.ts';
import { Download } from './download.tsx';
import { Term } from './term.tsx';
import { usePortal, weChatName, signsInByNumber } from '../portal.ts';

// What follows the first screen comes after it.
const RetentionTable = page(() => import('./retention-table.tsx'), 'RetentionTable');
const Consents = page(() => import('./consents.tsx'), 'Consents');

export type DataView = Awaited<ReturnType<typeof api.data.view.query>>;

/** 我的数据. Open to everybody who is signed in, with a profile or without. */
export function Data() {
  const view = createRead(() => api.data.view.query());
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <Page title={copy().title} lead={copy().lead} backTo="/account">
          <Closing />
          <Held view={data()} />
          <Corrections />
          <section class="stack" id="consents">
            <h2>{copy().consents}</h2>
            <Suspense fallback={<Loading />}>
              <Consents given={data().consents} onChanged={() => view.again()} />
            </Suspense>
          </section>
          <Download />
          <section class="stack">
            <h2>{copy().close}</h2>
            <p>{copy().closeText(formatSpan(usePortal().cancellation.waitMs))}</p>
            <div class="row">
              <A class="btn plain" href="/account/close">
                {copy().closeLink}
              </A>
            </div>
          </section>
        </Page>
      )}
    </Reading>
  );
}

function Link(props: { path: string; label: string; children: JSX.Element }) {
  return (
    <A class="link" href={props.path} aria-label={props.label}>
      {props.children}
    </A>
  );
}

/** Where the portal shows a person's records. */
const recordsAt = () => (usePortal().records?.page ? recordsPath : '/account');

type OwnKind = keyof typeof ownRetentionWords;

/** A kind of record: how much of it there is, what for, until when, and where it is shown. */
const record = (kind: OwnKind, term: string, value: string, path?: string): Fact => ({
  term,
  value: (
    <>
      {value}
      <br />
      <span class="soft small">
        <Term kind={kind} words={ownRetentionWords[kind]} />
      </span>
    </>
  ),
  action: path && (
    <Link path={path} label={copy().seeLabel(term)}>
      {copy().see}
    </Link>
  ),
});

function Held(props: { view: DataView }) {
  const weChat = () => {
    const atMs = props.view.weChatBoundAtMs;
    return atMs === null ? copy().weChatNone : copy().weChatSince(formatDay(atMs));
  };
  const reviews = () => {
    const { count, lastAtMs } = props.view.reviews;
    return lastAtMs === null ? copy().count(0) : copy().reviewsSince(count, formatDay(lastAtMs));
  };
  const rows = () => {
    const { counts, ministryLinkedAtMs: linkedAtMs } = props.view;
    const { count } = copy();
    return [
      record('verification', copy().verifications, count(counts.verifications), verificationPath()),
      ...(usePortal().records === null
        ? []
        : [record('record', copy().fetched, count(counts.records), recordsAt())]),
      record('review', copy().reviews, reviews(), reviewPath),
      record('identifier', copy().weChat, weChat(), weChatName() && '/account/wechat'),
      ...(usePortal().takesMinistryAccounts
        ? [
            // Where none is linked, the operator may be no client of the ministry.
            linkedAtMs === null
              ? record('identifier', copy().ministry, copy().ministryNone)
              : record(
                  'identifier',
                  copy().ministry,
                  copy().ministrySince(formatDay(linkedAtMs)),
                  '/account/ministry',
                ),
          ]
        : []),
      record('contact_change', copy().contactChanges, count(counts.contactChanges)),
      record('session', copy().sessions, count(counts.sessions), '/account/security'),
      record('notice', copy().notices, count(counts.notices), '/account/notices'),
      record('audit', copy().history, count(counts.history), '/account/security#looks'),
    ];
  };
  return (
    <section class="stack">
      <h2>{copy().held}</h2>
      <div class="tight">
        <h3>{copy().identity}</h3>
        <IdentityFacts
          rows={[
            ...identityRows(props.view.profile),
            {
              key: 'level',
              term: levelCopy().term,
              value: levelName(props.view.profile.level),
            },
            {
              key: 'createdAt',
              term: copy().createdAt,
              value: formatInstant(props.view.createdAtMs),
            },
          ]}
        />
        <p class="soft small">
          <Term kind="account" words={ownRetentionWords.account} />
        </p>
      </div>
      <div class="tight">
        <h3>{copy().records}</h3>
        <Facts rows={rows()} />
      </div>
      <AllKinds />
    </section>
  );
}

/** The table of everything that is kept, fetched when it is opened. */
function AllKinds() {
  const [isOpened, setOpened] = createSignal(false);
  return (
    <Reveal title={copy().all} onToggle={() => setOpened(true)}>
      <Show when={isOpened()}>
        <Suspense fallback={<Loading />}>
          <RetentionTable kinds={retentionKinds} />
        </Suspense>
      </Show>
    </Reveal>
  );
}

function Corrections() {
  const paths: Partial<Record<string, string>> = {
    name: verificationPath(),
    contact: '/account/security',
    profile: profilePath(),
    identity: '/account',
  };
  const other = signsInByNumber() ? 'identity' : 'number';
  return (
    <section class="stack">
      <h2>{copy().correct}</h2>
      <p>{copy().correctText}</p>
      <Facts
        rows={Object.entries(copy().corrections)
          .filter(([key]) => key !== other)
          .map(([key, { term, value }]) => {
            const path = paths[key];
            return {
              term,
              value,
              action: path && (
                <Link path={path} label={copy().goLabel(term)}>
                  {copy().go}
                </Link>
              ),
            };
          })}
      />
    </section>
  );
}
