import { isVerified, levels, meetsLevel, type ServiceField } from '@shiming/domain';
import { Match, Show, Suspense, Switch } from 'solid-js';
import { A, useLocation, useParams, useSearchParams } from '../router/router.tsx';
import { NotFound } from '../about/not-found.tsx';
import { api, appErrorOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { levelName } from '../copy/levels.ts';
import { page } from '../lazy-page.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { addressOf, bilingual, usePortal } from '../portal.ts';
import { levelsPath, signInPath, verificationPath } from '../session/next.ts';
import { NextStepNote, tellNext } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Reading } from '../ui/read.tsx';
import { Facts, Loading, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './service.zh.ts';

const ServiceTold = page(() => import('./service-told.tsx'), 'ServiceTold');

const copy = defineCopy(zh, () => import('./service.en.ts'));

type Terms = Awaited<ReturnType<typeof api.entry.enter.query>>;
type Answer = { gate: 'open'; terms: Terms } | { gate: 'closed' | 'unasked' | 'not_found' };

const closedBy = new Set<unknown>([
  'service.not_verified',
  'account.closing',
  'identity.required',
  'binding.required',
]);

/** Asks the gate: open, closed until the person has done the next step (T-ENT-03) or agreed to it, or of no such service. */
async function enter(serviceId: string): Promise<Answer> {
  try {
    return { gate: 'open', terms: await api.entry.enter.query({ serviceId }) };
  } catch (error) {
    const code = appErrorOf(error)?.code;
    if (code === 'consent.required') return { gate: 'unasked' };
    if (closedBy.has(code)) return { gate: 'closed' };
    if (code === 'request.not_found') return { gate: 'not_found' };
    throw error;
  }
}

const opened = (answer: Answer) => (answer.gate === 'open' ? answer : undefined);

/** This page, with the sign-in of the service that waits for the person, where one does. */
const useHere = () => {
  const location = useLocation();
  return () => location.pathname + location.search;
};

/**
 * A sign-in of the service that waits: where it goes on, and ends, and what it asks beyond the gate. A service begins one when
 * people come to it first (OpenID Connect).
 */
function useWaiting() {
  const [query] = useSearchParams<{ from: string; level: string; again: string }>();
  const session = useSession();
  return () => {
    if (query.from === undefined) return undefined;
    const address = `/oidc/auth/${encodeURIComponent(query.from)}`;
    const asked = levels.find((level) => String(level) === query.level);
    const level = session.current()?.level;
    const lacks = asked !== undefined && level !== undefined && !meetsLevel(level, asked);
    return {
      goOn: address,
      decline: `${address}?denied=yes`,
      lacking: lacks ? asked : undefined,
      isAgain: query.again !== undefined,
    };
  };
}

/** The way back: to the services, or to the service that sent the person here. */
function NotNow() {
  const waiting = useWaiting();
  return (
    <Show
      when={waiting()}
      fallback={
        <A class="btn plain" href="/">
          {copy().notNow}
        </A>
      }
    >
      {(found) => (
        <a class="btn plain" href={found().decline} rel="external">
          {copy().decline}
        </a>
      )}
    </Show>
  );
}

/** The door of one service. */
export function Service() {
  const params = useParams<{ id: string }>();
  useCompleteProfile();
  const session = useSession();
  const gate = createRead(async () => {
    const answer = await enter(params.id);
    if (answer.gate === 'open' || answer.gate === 'not_found') return answer;
    // The next step says what is in the way; where nothing is left, the gate is asked again.
    await session.refresh();
    return session.current()?.next.step === 'use_services' ? enter(params.id) : answer;
  });
  return (
    <Reading read={gate} title={copy().title}>
      {(answer) => (
        <Switch>
          <Match when={answer().gate === 'not_found'}>
            <NotFound />
          </Match>
          <Match when={answer().gate === 'closed' || answer().gate === 'unasked'}>
            <Gate
              id={params.id}
              isUnasked={answer().gate === 'unasked'}
              onChange={() => gate.again()}
            />
          </Match>
          <Match when={opened(answer())}>
            {(open) => <Open id={params.id} terms={open().terms} onChange={() => gate.again()} />}
          </Match>
        </Switch>
      )}
    </Reading>
  );
}

function Gate(props: { id: string; isUnasked: boolean; onChange(): Promise<void> }) {
  const path = useHere();
  const session = useSession();
  const step = () => session.current()?.next.step;
  const told = () => {
    const current = session.current();
    return current ? tellNext(current, path()) : undefined;
  };
  // Whatever the portal wants next, as a higher level: the gate asks for this once everything else is met.
  const isServiceAsked = () => props.isUnasked && step() !== 'consent';
  const title = () => {
    if (isServiceAsked()) return copy().serviceConsentTitle;
    if (step() === 'verify') return copy().gateTitle;
    if (step() === 'consent') return copy().consentTitle;
    return step() === 'keep_account' ? copy().closingTitle : copy().closedTitle;
  };
  return (
    <Page title={title()} backTo="/">
      <Switch fallback={<Show when={told()}>{(next) => <NextStepNote told={next()} />}</Show>}>
        <Match when={step() === 'consent'}>
          <Suspense fallback={<Loading />}>
            <GiveConsent consent={{ kind: 'document_number' }} onGiven={() => props.onChange()} />
          </Suspense>
        </Match>
        <Match when={isServiceAsked()}>
          <Suspense fallback={<Loading />}>
            <GiveConsent
              consent={{ kind: 'service', serviceId: props.id }}
              onGiven={() => props.onChange()}
            />
          </Suspense>
        </Match>
        <Match when={step() === 'verify'}>
          <Note tone="warn">{copy().gate}</Note>
          <div class="row">
            <A class="btn" href={verificationPath(path())}>
              {copy().confirm}
            </A>
            <Show when={told()?.also}>
              {(way) => (
                <A class="btn quiet" href={way().path}>
                  {way().label}
                </A>
              )}
            </Show>
          </div>
        </Match>
      </Switch>
      <div class="row">
        <NotNow />
      </div>
    </Page>
  );
}

/** The address at which a service begins a sign-in when its person comes from here (OpenID Connect Core, 4). */
function startAddress(startUri: string): string {
  const address = new URL(startUri);
  address.searchParams.set('iss', `${location.origin}/oidc`);
  return address.href;
}

/** What a sign-in of the service asks beyond the gate, where it is not met; else the way in. */
function GoOn(props: { waiting: NonNullable<ReturnType<ReturnType<typeof useWaiting>>> }) {
  const here = useHere();
  const again = createAction(async () => {
    await api.session.signOut.mutate();
    location.assign(addressOf(signInPath(here().replace(/[?&]again=?/, ''))));
  });
  return (
    <Switch
      fallback={
        <div class="row">
          <a class="btn" href={props.waiting.goOn} rel="external">
            {copy().enter}
          </a>
          <NotNow />
        </div>
      }
    >
      <Match when={props.waiting.lacking}>
        {(level) => (
          <>
            <Note tone="warn">{copy().asksForLevel(levelName(level()))}</Note>
            <div class="row">
              <A class="btn" href={levelsPath}>
                {copy().toLevels}
              </A>
              <NotNow />
            </div>
          </>
        )}
      </Match>
      <Match when={props.waiting.isAgain}>
        <Note>{copy().asksAgain}</Note>
        <ActionFailure action={again} />
        <div class="row">
          <ActionButton action={again}>{copy().signInAgain}</ActionButton>
          <NotNow />
        </div>
      </Match>
    </Switch>
  );
}

function Open(props: { id: string; terms: Terms; onChange(): Promise<void> }) {
  const session = useSession();
  const waiting = useWaiting();
  const service = () => usePortal().services.find(({ id }) => id === props.id);
  const isTold = (field: ServiceField) =>
    [...props.terms.required, ...props.terms.optional].includes(field);
  const isConnected = () => waiting() !== undefined || props.terms.startUri !== null;
  return (
    <Show when={service()}>
      {(found) => (
        <Page
          title={bilingual(found().name)}
          lead={isVerified(found()) ? copy().ready : copy().open}
          backTo="/"
        >
          <Facts
            rows={[
              { term: copy().required, value: levelName(found().level) },
              {
                term: copy().yours,
                value: levelName(
                  session.current()?.level ?? found().level,
                  session.current()?.proved?.by === 'review',
                ),
              },
            ]}
          />
          <Show when={isConnected() && !found().page && props.terms.given}>
            {(given) => (
              <Suspense>
                <ServiceTold
                  serviceId={props.id}
                  given={given().filter((field) => isTold(field))}
                  isChoice={props.terms.optional.length > 0}
                  onChange={() => props.onChange()}
                />
              </Suspense>
            )}
          </Show>
          <Show when={!found().page && !isConnected()}>
            <Note>{copy().notConnected}</Note>
          </Show>
          <Show
            when={waiting()}
            fallback={
              <div class="row">
                <Show when={found().page}>
                  {(path) => (
                    <A class="btn" href={path()}>
                      {copy().enter}
                    </A>
                  )}
                </Show>
                <Show when={props.terms.startUri}>
                  {(uri) => (
                    <a class="btn" href={startAddress(uri())} rel="external noreferrer">
                      {copy().enter}
                    </a>
                  )}
                </Show>
                <A class="btn plain" href="/account">
                  {copy().account}
                </A>
              </div>
            }
          >
            {(request) => <GoOn waiting={request()} />}
          </Show>
        </Page>
      )}
    </Show>
  );
}
