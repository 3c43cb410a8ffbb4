import { A, useLocation } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { api, type Failure, failureOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDay, formatInstant } from '../copy/format.ts';
import { profilePath, verificationPath } from '../session/next.ts';
import { createRead, Reading, useCompleteProfile, useGuard } from '../session/signed-in.tsx';
import { Chip, FailureNote, Facts, Loading, Note, Stamp } from '../ui/blocks.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './account.zh.ts';
import { IdentityFacts } from './identity-facts.tsx';
import { identityRows, type Revealed, type ProfileView } from './identity-rows.ts';

const copy = defineCopy(zh, () => import('./account.en.ts'));

/** 个人信息中心: what the account holds, how far the person is verified, and where it is signed in. */
export function Account() {
  useCompleteProfile();
  const view = createRead(() => api.profile.view.query());
  const location = useLocation<{ isSaved: boolean }>();
  return (
    <Reading read={view} title={copy().title}>
      {(profile) => (
        <Page title={copy().title}>
          <Show when={location.state?.isSaved}>
            <div role="status">
              <Note tone="ok">{copy().saved}</Note>
            </div>
          </Show>
          <Verification view={profile()} />
          <Identity view={profile()} />
          <Sessions />
          <History />
        </Page>
      )}
    </Reading>
  );
}

function Verification(props: { view: ProfileView }) {
  return (
    <section class="stack">
      <h2 class="seen-by-readers">{copy().verification}</h2>
      <Show
        when={props.view.level >= 3 && props.view.verifiedAtMs}
        fallback={
          <div class="card stack">
            <div class="tight">
              <p>
                <b>{copy().notVerified}</b>
              </p>
              <p class="soft">{copy().notVerifiedText}</p>
            </div>
            <A class="btn" href={verificationPath()}>
              {copy().verifyNow}
            </A>
          </div>
        }
      >
        {(atMs) => (
          <div class="card result">
            <div class="tight">
              <p>
                <b>{copy().verified}</b>
              </p>
              <p class="soft">{copy().verifiedText(formatDay(atMs()))}</p>
              <A href={verificationPath()} aria-label={copy().seeVerificationLabel}>
                {copy().seeVerification}
              </A>
            </div>
            <Stamp />
          </div>
        )}
      </Show>
    </section>
  );
}

function Identity(props: { view: ProfileView }) {
  const guard = useGuard();
  const [revealed, setRevealed] = createSignal<Revealed>();
  const [failure, setFailure] = createSignal<Failure>();
  const reveal = async () => {
    setFailure(undefined);
    try {
      const all = await guard(api.profile.reveal.mutate());
      setRevealed(() => all);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <section class="stack">
      <h2>{copy().identity}</h2>
      <IdentityFacts rows={identityRows(props.view, revealed())} />
      <Show when={failure()}>
        {(shown) => <FailureNote failure={shown()} onRetry={() => void reveal()} />}
      </Show>
      <div class="row">
        <A class="btn quiet" href={profilePath()} aria-label={copy().editLabel}>
          {copy().edit}
        </A>
        <button
          type="button"
          class="btn plain"
          onClick={() => (revealed() === undefined ? void reveal() : setRevealed(undefined))}
        >
          {revealed() === undefined ? copy().reveal : copy().hide}
        </button>
        <span class="soft small">{copy().revealNote}</span>
      </div>
    </section>
  );
}

const nameOf = (label: string) => (label === '' ? copy().unknownDevice : label);

/** what was done with the account, from the audit. Asked for when it is opened. */
function History() {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <details class="reveal" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{copy().history}</summary>
      <Show when={isOpen()}>
        <HistoryRows />
      </Show>
    </details>
  );
}

function HistoryRows() {
  const history = createRead(() => api.session.history.query());
  return (
    <Show
      when={history.data()}
      fallback={
        <Show when={history.failure()} fallback={<Loading />}>
          {(failed) => <FailureNote failure={failed()} onRetry={() => void history.again()} />}
        </Show>
      }
    >
      {(events) => (
        <Facts
          rows={events().map(({ atMs, event }) => ({
            term: formatInstant(atMs),
            value: copy().events[event],
          }))}
        />
      )}
    </Show>
  );
}

function Sessions() {
  const guard = useGuard();
  const sessions = createRead(() => api.session.list.query());
  const [isAsking, setAsking] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure>();
  const end = async (sessionId: string) => {
    setFailure(undefined);
    try {
      await guard(api.session.end.mutate({ sessionId }));
      await sessions.again();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const endAll = async () => {
    setAsking(false);
    try {
      await guard(api.session.endAll.mutate());
      location.assign('/');
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <section class="stack">
      <h2>{copy().security}</h2>
      <p>
        <A href="/account/password">{copy().changePassword}</A>
      </p>
      <p class="soft">{copy().securityText}</p>
      <Facts
        rows={(sessions.data() ?? []).map((session) => ({
          term: nameOf(session.label),
          value: (
            <>
              {copy().since(formatInstant(session.createdAtMs))}
              <br />
              <span class="soft">{copy().lastSeen(formatInstant(session.lastSeenAtMs))}</span>
            </>
          ),
          action: session.isCurrent ? (
            <Chip tone="ok">{copy().here}</Chip>
          ) : (
            <button
              type="button"
              class="link"
              aria-label={copy().endLabel(nameOf(session.label))}
              onClick={() => void end(session.id)}
            >
              {copy().end}
            </button>
          ),
        }))}
      />
      <Show when={failure() ?? sessions.failure()}>
        {(shown) => (
          <FailureNote
            failure={shown()}
            onRetry={() => {
              setFailure(undefined);
              void sessions.again();
            }}
          />
        )}
      </Show>
      <div class="row">
        <button type="button" class="btn plain" onClick={() => setAsking(true)}>
          {copy().endAll}
        </button>
      </div>
      <Show when={isAsking()}>
        <Dialog title={copy().endAllTitle} onCancel={() => setAsking(false)}>
          <p>{copy().endAllText}</p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void endAll()}>
              {copy().endAllNow}
            </button>
            <button type="button" class="btn plain" onClick={() => setAsking(false)}>
              {copy().cancel}
            </button>
          </div>
        </Dialog>
      </Show>
    </section>
  );
}
